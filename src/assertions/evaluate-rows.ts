import type { Assertion, Cell, Measured, Resolved, Scalar, Where } from './assertion.js';
import { showCell, showCount, showRow } from './actual.js';
import { holds, occurs } from './compare.js';
import { isColumn, resolveOperand } from './deferred.js';
import type { Finding } from './evaluate.js';
import { formatOperand } from './format.js';
import { difference, firstMisplaced } from './table-difference.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const TIMESTAMP = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/** Whether the first value has the shape that was asked for. */
export function judgeShape({ shape }: Extract<Assertion, { type: 'shape' }>, measured: Measured): Finding {
  if (measured.rowCount !== 1) return { verdict: 'failed', actual: showCount(measured) };
  const cell = measured.rows[0]?.[0] ?? null;
  return { verdict: cell !== null && hasShape(cell, shape) ? 'passed' : 'failed', actual: `value = ${showCell(cell, measured.types[0])}` };
}

function hasShape(cell: string, shape: Extract<Assertion, { type: 'shape' }>['shape']): boolean {
  switch (shape) {
    case 'uuid': return UUID.test(cell);
    case 'timestamp': return TIMESTAMP.test(cell);
    case 'integer': return /^[+-]?\d+$/.test(cell);
    case 'number': return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(cell);
    case 'boolean': return /^(?:t|f|true|false)$/i.test(cell);
    case 'json':
      try {
        JSON.parse(cell);
        return true;
      } catch {
        return false;
      }
  }
}

/** A column in every row, or in any row, or in those that a `where` chooses. No rows satisfy none of them. */
export function judgeColumn(assertion: Extract<Assertion, { type: 'column' }>, measured: Measured, resolved: Resolved): Finding {
  if (measured.rowCount === null || measured.rowCount === 0) return { verdict: 'failed', actual: showCount(measured) };
  const { where, quantifier } = assertion;
  const named = [assertion.column, ...(isColumn(assertion.value) ? [assertion.value.column] : []), ...(where === undefined ? [] : [where.column])];
  const unknown = named.find((name) => columnIndex(measured.columns, name) === null);
  if (unknown !== undefined) return { verdict: 'failed', actual: `columns ${measured.columns.join(', ')}`, note: `there is no single column ${unknown}` };
  const index = (name: string): number => columnIndex(measured.columns, name) ?? 0;
  const at = index(assertion.column);
  const other = isColumn(assertion.value) ? index(assertion.value.column) : null;
  const right = isColumn(assertion.value) ? { values: [] } : resolveOperand(assertion.value, resolved);
  if ('missing' in right) return { verdict: 'failed', actual: showCount(measured), note: right.missing };
  const type = measured.types[at] ?? '';
  const chosen = where === undefined ? measured.rows : rowsWhere(measured, index(where.column), where);
  const cutOff = `of the first ${measured.rows.length} of ${measured.rowCount} rows`;
  if (where !== undefined && chosen.length === 0) return { verdict: measured.truncated ? 'asked' : 'failed', actual: `no row has ${where.column} = ${formatOperand(where.value)}${measured.truncated ? ` ${cutOff}` : ''}` };
  const test = (row: readonly Cell[]): boolean => holds(row[at] ?? null, assertion.op, other === null ? right.values : [row[other] ?? null], type);
  const beside = (row: readonly Cell[] | undefined): string => (other === null ? '' : `, ${measured.columns[other] ?? ''} = ${showCell(row?.[other], measured.types[other])}`);
  const show = (row: readonly Cell[] | undefined): string => `${quantifier === 'any' ? 'any ' : ''}column ${assertion.column} = ${showCell(row?.[at], type)}${beside(row)}`;
  const all = where === undefined ? measured.rowCount : chosen.length;
  if (quantifier === 'any') {
    const hit = chosen.find(test);
    if (hit) return { verdict: 'passed', actual: show(hit) };
    if (measured.truncated) return { verdict: 'asked', actual: `none ${cutOff}` };
    return { verdict: 'failed', actual: all === 1 ? show(chosen[0]) : `none of ${all} rows` };
  }
  const miss = chosen.find((row) => !test(row));
  if (miss !== undefined) return { verdict: 'failed', actual: `${show(miss)}${measured.rowCount > 1 ? ` in row ${measured.rows.indexOf(miss) + 1} of ${measured.rowCount}` : ''}` };
  if (measured.truncated) return { verdict: 'asked', actual: `it holds in the first ${measured.rows.length} of ${measured.rowCount} rows` };
  return { verdict: 'passed', actual: all === 1 ? show(chosen[0]) : `in each of ${all} rows` };
}

function rowsWhere(measured: Measured, at: number, { value }: Where): Cell[][] {
  return measured.rows.filter((row) => holds(row[at] ?? null, '=', [value], measured.types[at] ?? ''));
}

/** Index of a column: by exact name, else letter case aside; null when absent or ambiguous. */
function columnIndex(columns: readonly string[], name: string): number | null {
  const exact = columns.flatMap((one, index) => (one === name ? [index] : []));
  if (exact.length === 1) return exact[0] ?? null;
  if (exact.length > 1) return null;
  const loose = columns.flatMap((one, index) => (one.toLowerCase() === name.toLowerCase() ? [index] : []));
  return loose.length === 1 ? (loose[0] ?? null) : null;
}

/** Every value occurs in some cell. In a cut result, an absent one is for a person. */
export function judgeContains(assertion: Extract<Assertion, { type: 'contains' }>, measured: Measured): Finding {
  if (measured.rowCount === null || measured.rowCount === 0) return { verdict: 'failed', actual: showCount(measured) };
  const absent = assertion.values.filter((value) => !somewhere(measured, value));
  if (absent.length === 0) return { verdict: 'passed', actual: `all found in ${showCount(measured)}` };
  const actual = `not found: ${absent.map(formatOperand).join(', ')} (${showCount(measured)})`;
  return measured.truncated ? { verdict: 'asked', actual, note: `only the first ${measured.rows.length} rows were kept` } : { verdict: 'failed', actual };
}

/** None of the values occurs. A cut result cannot show that. */
export function judgeExcludes(assertion: Extract<Assertion, { type: 'excludes' }>, measured: Measured): Finding {
  if (measured.rowCount === null) return { verdict: 'failed', actual: showCount(measured) };
  const present = assertion.values.filter((value) => somewhere(measured, value));
  if (present.length > 0) return { verdict: 'failed', actual: `found: ${present.map(formatOperand).join(', ')}` };
  if (measured.truncated) return { verdict: 'asked', actual: `not in the first ${measured.rows.length} of ${measured.rowCount} rows` };
  return { verdict: 'passed', actual: `not found in ${showCount(measured)}` };
}

function somewhere(measured: Measured, value: Scalar): boolean {
  return measured.rows.some((row) => row.some((cell) => occurs(cell, value)));
}

/** Exactly these rows, by column name or by position. */
export function judgeTable(assertion: Extract<Assertion, { type: 'table' }>, measured: Measured): Finding {
  if (measured.rowCount === null) return { verdict: 'failed', actual: showCount(measured) };
  const chosen = project(assertion.columns, measured);
  if (chosen === null) return { verdict: 'failed', actual: `columns ${measured.columns.join(', ')}`, note: 'the columns are not those of the expected table' };
  if (measured.rowCount !== assertion.rows.length) {
    const apart = measured.truncated ? '' : describe(difference(assertion.rows, chosen.rows));
    return { verdict: 'failed', actual: showCount(measured), note: apart === '' ? null : apart };
  }
  if (measured.truncated) return { verdict: 'asked', actual: showCount(measured), note: `only the first ${measured.rows.length} rows were kept` };
  const apart = difference(assertion.rows, chosen.rows);
  if (apart.missing.length > 0) return { verdict: 'failed', actual: describe(apart), note: chosen.note };
  const misplaced = assertion.ordered ? firstMisplaced(assertion.rows, chosen.rows) : null;
  if (misplaced !== null) return { verdict: 'failed', actual: `the same rows in another order, from row ${misplaced + 1} on`, note: chosen.note };
  return { verdict: 'passed', actual: `exactly these ${showCount(measured)}`, note: chosen.note };
}

/** Each of these rows is among those returned. In a cut result, an absent one is for a person. */
export function judgeIncludes(assertion: Extract<Assertion, { type: 'includes' }>, measured: Measured): Finding {
  if (measured.rowCount === null || measured.rowCount === 0) return { verdict: 'failed', actual: showCount(measured) };
  const chosen = project(assertion.columns, measured);
  if (chosen === null) return { verdict: 'failed', actual: `columns ${measured.columns.join(', ')}`, note: 'not all columns of the expected rows are there' };
  const { missing } = difference(assertion.rows, chosen.rows);
  if (missing.length === 0) return { verdict: 'passed', actual: `all found in ${showCount(measured)}`, note: chosen.note };
  const actual = `${describe({ missing, extra: [] })} (${showCount(measured)})`;
  return measured.truncated ? { verdict: 'asked', actual, note: `only the first ${measured.rows.length} rows were kept` } : { verdict: 'failed', actual, note: nearTo(missing, assertion.columns, chosen.rows) };
}

/** The row that begins as one that is missing: what it is instead. */
function nearTo([first]: Scalar[][], columns: readonly string[] | null, rows: readonly Cell[][]): string | null {
  const alike = first === undefined || columns === null || columns.length < 2 ? [] : rows.filter((row) => row[0] === first[0]);
  return alike.length === 1 && alike[0] !== undefined ? `there is ${showRow(alike[0])}` : null;
}

/** The named columns of the result, in the table's order; by position where no names are given. */
function project(columns: readonly string[] | null, measured: Measured): { rows: Cell[][]; note: string | null } | null {
  if (columns === null) return { rows: measured.rows, note: null };
  const at = columns.map((name) => columnIndex(measured.columns, name));
  if (at.some((index) => index === null)) return null;
  const unseen = measured.columns.filter((_, index) => !at.includes(index));
  const rows = measured.rows.map((row) => at.map((index) => row[index ?? 0] ?? null));
  return { rows, note: unseen.length > 0 ? `not compared: ${unseen.join(', ')}` : null };
}

function describe(apart: { missing: Scalar[][]; extra: Cell[][] }): string {
  const part = (word: string, rows: readonly (readonly Scalar[])[]): string[] =>
    rows.length === 0 ? [] : [`${word} ${rows.slice(0, 3).map(showRow).join(', ')}${rows.length > 3 ? ` and ${rows.length - 3} more` : ''}`];
  return [...part('missing', apart.missing), ...part('extra', apart.extra)].join('; ');
}
