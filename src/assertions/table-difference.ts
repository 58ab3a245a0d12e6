import type { Cell, Scalar } from './assertion.js';
import { same, truthOf } from './compare.js';
import { compareDecimals } from './decimal.js';

/** Rows that are wanted but absent, and rows that are there but not wanted. */
export interface TableDifference {
  missing: Scalar[][];
  extra: Cell[][];
}

/** Whether a cell is what the guide wrote: numbers and booleans by value, `…` stands for any text. */
export function cellMatches(cell: Cell, expected: Scalar): boolean {
  if (cell === null || expected === null) return cell === expected || (cell === null && isElided(expected) && String(expected).trim().length <= 3);
  if (typeof expected !== 'string') return same(cell, expected, '');
  if (cell === expected || cell.trim() === expected) return true;
  if (isElided(expected)) return elided(cell, expected);
  if (compareDecimals(cell, expected) === 0) return true;
  const truth = truthOf(expected);
  return truth !== null && truth === truthOf(cell);
}

function isElided(expected: Scalar): boolean {
  return typeof expected === 'string' && /…|\.\.\./.test(expected);
}

function elided(cell: string, expected: string): boolean {
  const parts = expected.split(/\s*(?:…|\.{3})\s*/).map((part) => part.trim());
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const text = cell.trim();
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

function rowMatches(actual: readonly Cell[], expected: readonly Scalar[]): boolean {
  return expected.length === actual.length && expected.every((cell, index) => cellMatches(actual[index] ?? null, cell));
}

/** Which rows are missing and which are extra, as multisets; rows with elisions are matched as well as can be. */
export function difference(expected: readonly (readonly Scalar[])[], actual: readonly (readonly Cell[])[]): TableDifference {
  const owner = new Map<number, number>();
  const plain = expected.map((row, index) => ({ row, index, loose: row.some(isElided) }));
  // Exact rows first: which of several equal rows they take does not matter.
  for (const { row, index } of plain.filter((one) => !one.loose)) {
    const at = actual.findIndex((candidate, position) => !owner.has(position) && rowMatches(candidate, row));
    if (at !== -1) owner.set(at, index);
  }
  const loose = new Set(plain.filter((one) => one.loose).map((one) => one.index));
  const place = (index: number, seen: Set<number>): boolean => {
    for (const [position, candidate] of actual.entries()) {
      const held = owner.get(position);
      if (seen.has(position) || (held !== undefined && !loose.has(held)) || !rowMatches(candidate, expected[index] ?? [])) continue;
      seen.add(position);
      if (held === undefined || place(held, seen)) {
        owner.set(position, index);
        return true;
      }
    }
    return false;
  };
  for (const index of loose) place(index, new Set());
  const found = new Set(owner.values());
  return {
    missing: expected.filter((_, index) => !found.has(index)).map((row) => [...row]),
    extra: actual.filter((_, position) => !owner.has(position)).map((row) => [...row]),
  };
}

/** Index of the first row that differs in order, or null. */
export function firstMisplaced(expected: readonly (readonly Scalar[])[], actual: readonly (readonly Cell[])[]): number | null {
  const at = expected.findIndex((row, index) => !rowMatches(actual[index] ?? [], row));
  return at === -1 ? null : at;
}
