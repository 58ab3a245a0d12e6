import { never } from '../text/problem.js';
import type { Cell, Operator, Scalar } from './assertion.js';
import { compareDecimals } from './decimal.js';

const NUMERIC = /^(?:int[248]?|integer|smallint|bigint|numeric|decimal|float[48]|real|double precision|oid|serial|bigserial)$/i;
const BOOLEAN = /^bool(?:ean)?$/i;
const TRUTH: Record<string, boolean> = { t: true, true: true, f: false, false: false };

/** The truth value that a cell writes, or null. */
export function truthOf(text: string): boolean | null {
  return TRUTH[text.toLowerCase()] ?? null;
}

/**
 * Order of a cell and an expected value: negative, zero or positive, or null
 * when they cannot be compared. The column's type decides: numbers as exact
 * decimals, booleans in either spelling, everything else as exact text.
 */
export function order(cell: string, expected: string | number | boolean, type: string): number | null {
  if (typeof expected === 'boolean') {
    const truth = truthOf(cell);
    return truth === null ? null : Number(truth) - Number(expected);
  }
  if (typeof expected === 'number') return compareDecimals(cell, String(expected));
  if (NUMERIC.test(type)) return compareDecimals(cell, expected) ?? (cell === expected ? 0 : null);
  if (BOOLEAN.test(type)) {
    const [left, right] = [truthOf(cell), truthOf(expected)];
    return left === null || right === null ? null : Number(left) - Number(right);
  }
  if (/^timestamptz$|with time zone$/i.test(type)) {
    const [left, right] = [Date.parse(cell), Date.parse(expected)];
    const zoned = /(?:Z|[+-]\d\d(?::?\d\d)?)$/i;
    // Milliseconds decide only where they differ: beyond them the text does.
    if (zoned.test(cell) && zoned.test(expected) && !Number.isNaN(left) && !Number.isNaN(right) && left !== right) return left - right;
  }
  return cell < expected ? -1 : cell > expected ? 1 : 0;
}

/** Whether a cell equals an expected scalar. NULL equals only NULL, never the empty text. */
export function same(cell: Cell, expected: Scalar, type: string): boolean {
  if (cell === null || expected === null) return cell === expected;
  return order(cell, expected, type) === 0;
}

/**
 * Whether `cell op expected` holds. `!=` is `IS DISTINCT FROM`; any order with
 * NULL does not hold. `between` takes two values, `in` any number.
 */
export function holds(cell: Cell, op: Operator, expected: readonly Scalar[], type: string): boolean {
  const [first = null, second = null] = expected;
  switch (op) {
    case '=': return same(cell, first, type);
    case '!=': return !same(cell, first, type);
    case 'in': return expected.some((one) => same(cell, one, type));
    case '<': return ordered(cell, first, type, (sign) => sign < 0);
    case '<=': return ordered(cell, first, type, (sign) => sign <= 0);
    case '>': return ordered(cell, first, type, (sign) => sign > 0);
    case '>=': return ordered(cell, first, type, (sign) => sign >= 0);
    case 'between': return ordered(cell, first, type, (sign) => sign >= 0) && ordered(cell, second, type, (sign) => sign <= 0);
    case 'contains': return cell !== null && first !== null && cell.includes(String(first));
    case 'matches': return cell !== null && first !== null && new RegExp(String(first), 'u').test(cell);
    default: return never(op);
  }
}

function ordered(cell: Cell, expected: Scalar, type: string, test: (sign: number) => boolean): boolean {
  if (cell === null || expected === null) return false;
  const sign = order(cell, expected, type);
  return sign !== null && test(sign);
}

/** Whether a text is the cell, or stands in it as a whole word: `users` is not in `app_users`. */
export function occurs(cell: Cell, wanted: Scalar): boolean {
  if (typeof wanted !== 'string' || cell === null) return same(cell, wanted, '');
  if (wanted === '') return cell === '';
  const word = /[\p{L}\p{N}_]/u;
  const opens = word.test(wanted[0] ?? '');
  const closes = word.test(wanted.at(-1) ?? '');
  for (let at = cell.indexOf(wanted); at !== -1; at = cell.indexOf(wanted, at + 1)) {
    const before = cell[at - 1] ?? '';
    const after = cell[at + wanted.length] ?? '';
    if (!(opens && word.test(before)) && !(closes && word.test(after))) return true;
  }
  return false;
}
