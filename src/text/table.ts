import { displayWidth, pad } from './width.js';

/**
 * A plain text table: header, rule, rows; columns as wide as their longest
 * cell, the widest ones shortened until the table fits. Cells must be visible text.
 */
export function textTable(columns: readonly string[], rows: readonly (readonly string[])[], options: { width?: number } = {}): string {
  const limit = options.width ?? 120;
  const widths = columns.map((name, index) => Math.max(displayWidth(name), ...rows.map((row) => displayWidth((row[index] ?? '').slice(0, limit))), 1));
  const room = Math.max(columns.length, limit - 2 * (columns.length - 1));
  while (widths.reduce((sum, one) => sum + one, 0) > room) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= 4) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  const line = (cells: readonly string[]): string => widths.map((width, index) => pad(cells[index] ?? '', width)).join('  ').trimEnd();
  return [line(columns), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
