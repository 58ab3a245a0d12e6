/** Cells of the table that the comparison may take; longer texts are shown whole. */
const LARGEST = 4_000_000;
const AROUND = 1;

/**
 * What differs between two texts, line by line: `- ` only before, `+ ` only
 * after, two spaces for both. Long stretches of the same lines are left out
 * (`…`); empty where nothing differs.
 */
export function lineDifference(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const lines = old.length * now.length > LARGEST ? [...old.map((line) => `- ${line}`), ...now.map((line) => `+ ${line}`)] : paired(old, now);
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some((line) => !line.startsWith('  ')));
  return lines.flatMap((line, index) => (near[index] ? [line] : near[index - 1] && near.includes(true, index) ? ['  …'] : []));
}

/** By the longest common subsequence. */
function paired(old: readonly string[], now: readonly string[]): string[] {
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      common[row * width + column] = old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: string[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    if (row < old.length && column < now.length && old[row] === now[column]) { lines.push(`  ${old[row]}`); row += 1; column += 1; }
    else if (row < old.length && (column === now.length || at(row + 1, column) >= at(row, column + 1))) { lines.push(`- ${old[row]}`); row += 1; }
    else { lines.push(`+ ${now[column]}`); column += 1; }
  }
  return lines;
}
