import type { Assertion, Scalar } from '../../assertions/assertion.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';

type Row = Record<string, unknown>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): value is Scalar => value === null || ['string', 'number', 'boolean'].includes(typeof value);
/** What only shows what it may look like, or is another one at each run. */
const isShown = (value: unknown): boolean => typeof value === 'string' && /\.{3}|…|^<.*>$|X{3}|^\d{4}-\d\d-\d\d|^(?:uuid|string|timestamp|date|number)$|[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value);

/** The rows that a fence shows as JSON: an object, or several in brackets. */
function rowsOf(text: string): Row[] | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    const rows = Array.isArray(parsed) ? parsed : [parsed];
    return rows.every(isRow) ? rows : null;
  } catch {
    return null;
  }
}

/** Rows shown as JSON, each key a column of the result. What is no plain value, or shows what one may look like, is asked. */
export function readJson(text: string, shape: StatementShape | null): Assertion[] | null {
  const rows = shape?.returnsRows === true && !isExplain(shape) ? rowsOf(text) : null;
  const [first, ...more] = rows ?? [];
  if (shape === null || rows === null || first === undefined) return null;
  // What a function returns may be JSON itself, and so may a column without a name; of a table, every column there is has one.
  const nameless = shape.columns.length > 0 && !shape.columns.includes('*');
  const may = (column: string): boolean => hasColumn(shape, column) ?? (!nameless && shape.tables.length > 0 && /^[a-z_]\w*$/.test(column));
  const keys = Object.keys(first);
  if (keys.length === 0 || !keys.every(may) || more.some((row) => Object.keys(row).join() !== keys.join())) return null;
  const plain = keys.filter((key) => rows.every((row) => isScalar(row[key]) && !isShown(row[key])));
  const open = keys.filter((key) => !plain.includes(key));
  if (plain.length === 0) return null;
  const asked: Assertion[] = open.length === 0 ? [] : [{ type: 'operator', text: rows.map((row) => JSON.stringify(Object.fromEntries(open.map((key) => [key, row[key]])))).join('\n') }];
  const cell = (value: unknown): Scalar => (isScalar(value) ? value : null);
  if (more.length > 0) return [{ type: 'table', columns: plain, rows: rows.map((row) => plain.map((key) => cell(row[key]))), ordered: shape.ordered }, ...asked];
  // One object of several rows shows one of them.
  const counted: Assertion[] = /^\s*\[/.test(text) && !shape.oneRow ? [{ type: 'rows', op: '=', value: 1 }] : [];
  const quantifier = shape.oneRow || shape.atMostOne === true || counted.length > 0 ? 'every' : 'any';
  return [...counted, ...plain.map((key): Assertion => ({ type: 'column', column: key, quantifier, op: '=', value: cell(first[key]) })), ...asked];
}
