import { isNarrow } from './narrow.js';

interface Ruler { displayWidth(text: string): number; pad(text: string, width: number): string }

/** For texts whose characters are one column each: nothing has to be known of the others. */
const narrow: Ruler = {
  displayWidth: (text) => text.length,
  pad: (text, width) => (text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text.padEnd(width)),
};

const GAP = '  ';
const LEAST_COLUMNS = 4;

/**
 * A plain text table: header, rule, rows; columns as wide as their longest
 * cell, the widest ones shortened until the table fits `width` (in columns).
 * Cells must be visible text, one for each column.
 * What measures wide characters takes longer to load than most tables to make, and is loaded for them alone.
 */
export async function textTable(columns: readonly string[], rows: readonly (readonly string[])[], { width: limit = 120 }: { width?: number } = {}): Promise<string> {
  const all = [columns, ...rows];
  const ruler = all.every((row) => row.every(isNarrow)) ? narrow : await import('./width.js');
  const widths = columns.map(() => 1);
  // Plain loops: a table of years of runs is made before anything of it is compiled.
  for (const row of all) {
    for (let index = 0; index < widths.length; index += 1) {
      const cell = row[index] ?? '';
      const wide = cell.length > limit ? limit : ruler.displayWidth(cell);
      if (wide > (widths[index] ?? 0)) widths[index] = wide;
    }
  }
  shrink(widths, Math.max(columns.length, limit - GAP.length * (columns.length - 1)));
  let text = '';
  for (const row of all) {
    let line = '';
    for (let index = 0; index < widths.length; index += 1) line += ruler.pad(row[index] ?? '', widths[index] ?? 0) + GAP;
    text += line.trimEnd();
    text += row === columns ? `\n${widths.map((one) => '-'.repeat(one)).join(GAP)}\n` : '\n';
  }
  return text.slice(0, -1);
}

/** Takes columns from the widest until all fit into `room`, or none is wide enough to give. */
function shrink(widths: number[], room: number): void {
  for (let taken = widths.reduce((sum, one) => sum + one, 0); taken > room; taken -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= LEAST_COLUMNS) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

/** A table of Markdown within a text as a person looks at it: without its rule, and without a head that names nothing. */
export function withoutTableRules(text: string): string {
  return text.includes('| --- |') ? text.replace(/^\|(?: {2}\|)+\n(?=\| ---)/m, '').replace(/^\|(?: --- \|)+\n?/m, '') : text;
}
