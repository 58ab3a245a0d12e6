import { isNarrow } from './narrow.js';

interface Ruler { displayWidth(text: string): number; pad(text: string, width: number): string }

/** For texts whose characters are one column each: nothing has to be known of the others. */
const narrow: Ruler = {
  displayWidth: (text) => text.length,
  pad: (text, width) => (text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text.padEnd(width)),
};

/**
 * A plain text table: header, rule, rows; columns as wide as their longest
 * cell, the widest ones shortened until the table fits. Cells must be visible text.
 * What measures wide characters takes longer to load than most tables to make, and is loaded for them alone.
 */
export async function textTable(columns: readonly string[], rows: readonly (readonly string[])[], options: { width?: number } = {}): Promise<string> {
  const limit = options.width ?? 120;
  const { displayWidth, pad } = [columns, ...rows].every((row) => isNarrow(row.join(''))) ? narrow : await import('./width.js');
  // Each cell is measured once: lists of years of runs have many.
  const measured = rows.map((row) => columns.map((_, index) => displayWidth((row[index] ?? '').slice(0, limit))));
  const widths = columns.map((name, index) => measured.reduce((widest, row) => Math.max(widest, row[index] ?? 0), Math.max(displayWidth(name), 1)));
  const room = Math.max(columns.length, limit - 2 * (columns.length - 1));
  while (widths.reduce((sum, one) => sum + one, 0) > room) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= 4) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  const cell = (text: string, taken: number, width: number): string => (text.length <= limit && taken <= width ? text + ' '.repeat(width - taken) : pad(text, width));
  const line = (cells: readonly string[], taken: readonly number[]): string => widths.map((width, index) => cell(cells[index] ?? '', taken[index] ?? 0, width)).join('  ').trimEnd();
  return [line(columns, columns.map(displayWidth)), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map((row, index) => line(row, measured[index] ?? []))].join('\n');
}
