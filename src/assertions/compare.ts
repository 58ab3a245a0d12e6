import type { Cell, Operator, Scalar } from './assertion.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const TRUE = new Set(['t', 'true']);
const FALSE = new Set(['f', 'false']);

interface Decimal { digits: bigint; scale: number }

function decimal(text: string): Decimal | null {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  if (!NUMBER.test(text) || !match) return null;
  const exponent = Number(match[4] ?? 0);
  if (Math.abs(exponent) > 1000) return null;
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2] ?? ''}${fraction}` || '0') * (match[1] === '-' ? -1n : 1n);
  const scale = fraction.length - exponent;
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** -1, 0 or 1, exact to the last digit; null when either is no number. */
export function compareNumbers(a: string, b: string): number | null {
  const [left, right] = [decimal(a), decimal(b)];
  if (!left || !right) return null;
  const scale = Math.max(left.scale, right.scale);
  const difference = left.digits * 10n ** BigInt(scale - left.scale) - right.digits * 10n ** BigInt(scale - right.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether a cell is a value. NULL equals only NULL; numbers by value, booleans by truth, the rest letter by letter. */
export function same(cell: Cell, value: Scalar): boolean {
  if (cell === null || value === null) return cell === value;
  if (typeof value === 'boolean') return (value ? TRUE : FALSE).has(cell.toLowerCase());
  const text = String(value);
  if (cell === text) return true;
  return typeof value === 'number' && compareNumbers(cell, text) === 0;
}

/** Like {@link same}, for texts that a document wrote down: `t` is `true`, `5.0` is `5`, `…` is anything. */
export function sameWritten(cell: Cell, value: Scalar): boolean {
  if (same(cell, value)) return true;
  if (cell === null) return typeof value === 'string' && /^(null|)$/i.test(value);
  if (value === null) return false;
  const text = String(value).trim();
  if (cell.trim() === text) return true;
  if (/…|\.\.\./.test(text)) {
    const parts = text.split(/…|\.\.\./).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('[\\s\\S]*')}$`, 'u').test(cell.trim());
  }
  if (TRUE.has(cell) || FALSE.has(cell)) return TRUE.has(cell) ? TRUE.has(text.toLowerCase()) : FALSE.has(text.toLowerCase());
  return compareNumbers(cell.trim(), text) === 0;
}

/** Applies an operator. Order of numbers where both are numbers, else of the texts (timestamps in ISO form sort right). */
export function holds(cell: Cell, op: Operator, values: readonly Scalar[]): boolean {
  const first = values[0] ?? null;
  switch (op) {
    case '=': return same(cell, first);
    case '!=': return !same(cell, first);
    case 'in': return values.some((value) => same(cell, value));
    case 'contains': return cell !== null && first !== null && cell.includes(String(first));
    case 'matches': return cell !== null && new RegExp(String(first), 'u').test(cell);
    case 'between': return order(cell, values[0] ?? null, (sign) => sign >= 0) && order(cell, values[1] ?? null, (sign) => sign <= 0);
    case '<': return order(cell, first, (sign) => sign < 0);
    case '<=': return order(cell, first, (sign) => sign <= 0);
    case '>': return order(cell, first, (sign) => sign > 0);
    case '>=': return order(cell, first, (sign) => sign >= 0);
  }
}

function order(cell: Cell, value: Scalar, test: (sign: number) => boolean): boolean {
  if (cell === null || value === null) return false;
  const numbers = compareNumbers(cell, String(value));
  if (numbers !== null) return test(numbers);
  if (typeof value === 'number') return false;
  const text = String(value);
  return test(cell < text ? -1 : cell > text ? 1 : 0);
}
