import type { Snapshot } from './snapshot.js';

/**
 * Columns that stand elsewhere among the columns both snapshots have: the
 * fewest that explain the new order, so that one column re-added at the end is
 * one line and not one for each that moved up.
 * @returns by the column's name, always true
 */
export function movedColumns(before: Snapshot, after: Snapshot): Map<string, boolean> {
  const moved = new Map<string, boolean>();
  for (const [, columns] of tables(before)) {
    const common = columns.filter(([name]) => after.objects[name]?.facets['position'] !== undefined);
    const positions = common.map(([name]) => Number(after.objects[name]?.facets['position']));
    const kept = longestRise(positions);
    common.forEach(([name], index) => {
      if (!kept.has(index)) moved.set(name, true);
    });
  }
  return moved;
}

/** Columns of each table in the order of their rank. */
function tables(snapshot: Snapshot): Map<string, [string, number][]> {
  const found = new Map<string, [string, number][]>();
  for (const [name, { parent, facets }] of Object.entries(snapshot.objects)) {
    const position = facets['position'];
    if (parent === null || position === undefined) continue;
    const list = found.get(parent) ?? [];
    list.push([name, Number(position)]);
    found.set(parent, list);
  }
  for (const list of found.values()) list.sort(([, one], [, other]) => one - other);
  return found;
}

/**
 * Indexes of a longest increasing subsequence (tables are narrow: quadratic is
 * quick enough). Of several, the one that ends lowest: a column that came back
 * stands at the end, so it is the one that moved.
 */
function longestRise(values: number[]): Set<number> {
  const runs: { length: number; value: number; previous: number }[] = [];
  const longer = (one: number, other: number): boolean => {
    const [a, b] = [runs[one], runs[other]];
    return !a || (b !== undefined && (b.length > a.length || (b.length === a.length && b.value < a.value)));
  };
  let best = -1;
  values.forEach((value, index) => {
    let previous = -1;
    for (let other = 0; other < index; other += 1) if ((runs[other]?.value ?? 0) < value && longer(previous, other)) previous = other;
    runs[index] = { length: (runs[previous]?.length ?? 0) + 1, value, previous };
    if (longer(best, index)) best = index;
  });
  const kept = new Set<number>();
  for (let index = best; index >= 0; index = runs[index]?.previous ?? -1) kept.add(index);
  return kept;
}
