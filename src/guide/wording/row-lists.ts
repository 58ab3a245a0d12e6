import type { Assertion } from '../../assertions/assertion.js';
import { catalogCell } from './catalog.js';
import { hasColumn, isExplain, knownColumns, type StatementShape } from './shape.js';

/** "north-pier (public: true)", "Crews see boats (SELECT)": a name of any words, and in brackets what stands beside it. */
const NAMED = /^["'`]?([\p{L}\d][\p{L}\d _.-]{1,60}?)["'`]? \((?:([a-z_]\w*)\s*[:=]\s*(true|false|\d+|["'`][^"'`()]+["'`]|[A-Z]{3,})|(SELECT|INSERT|UPDATE|DELETE|ALL))\)$/u;
/** A cell that is a value for certain; figures alone may be ids, one after the other. */
const CERTAIN = /^(?:true|false|null|[\w.+-]+@[\w.-]+|\d{4}-\d\d-\d\d)$/i;
const certain = (row: readonly string[]): boolean => row.some((cell) => CERTAIN.test(cell)) || (row.length > 3 && row.filter((cell) => /^-?\d[\d.]*$/.test(cell)).length > 1 && row.some((cell) => /^\p{L}[\p{L} ]*$/u.test(cell)));

/** Lines that are rows: a name with a column in brackets, or as many cells between commas as the result has columns; null for other lists. */
export function readRowLines(lines: readonly string[], shape: StatementShape | null): Assertion | null {
  const columns = shape === null ? null : knownColumns(shape);
  if (shape?.returnsRows !== true || shape.oneRow || isExplain(shape) || columns === null || lines.length === 0) return null;
  return ownedRows(lines, columns) ?? namedRows(lines, columns, shape) ?? cellRows(lines, columns);
}

function namedRows(lines: readonly string[], columns: readonly string[], shape: StatementShape): Assertion | null {
  const [naming, ...others] = columns.filter((name) => /^(?:name|id|policyname|polname|policy_name|title|slug|key|bucket_id)$/i.test(name));
  const called = others.length === 0 ? naming : columns.find((name) => /^(?:name|id)$/i.test(name));
  const found = lines.map((line) => NAMED.exec(line));
  const [first] = found;
  const column = first?.[2] ?? columns.find((name) => /^(?:cmd|polcmd|operation|command)$/i.test(name));
  if (called === undefined || column === undefined || hasColumn(shape, column) !== true || !found.every((one) => one !== null && (one[2] ?? column) === column)) return null;
  return { type: 'includes', columns: [called, column], rows: found.map((one) => [one?.[1] ?? '', (one?.[3] ?? one?.[4] ?? '').replace(/^["'`]|["'`]$/g, '')]) };
}

/** "boats: see_own (SELECT)", a line each: a table, its policy, and the command. */
function ownedRows(lines: readonly string[], columns: readonly string[]): Assertion | null {
  const own = [/^(?:tablename|table_name|relname)$/i, /^(?:policyname|polname|policy_name)$/i, /^(?:cmd|polcmd|operation|command)$/i].map((form) => columns.find((name) => form.test(name)));
  const found = lines.map((line) => /^`?([\w.]+)`?: ["'`]?([\p{L}\d][\p{L}\d _.-]{1,60}?)["'`]? \((SELECT|INSERT|UPDATE|DELETE|ALL)\)$/u.exec(line));
  const alone = lines.map((line) => /^`([\w.]+)`: "([^" ]+ [^"]{3,80})"$/.exec(line));
  if (own[0] !== undefined && own[1] !== undefined && alone.every((one) => one !== null)) return { type: 'includes', columns: [own[0], own[1]], rows: alone.map((one) => [one[1] ?? '', one[2] ?? '']) };
  return own.every((name) => name !== undefined) && found.every((one) => one !== null) ? { type: 'includes', columns: own.map(String), rows: found.map((one) => [one?.[1] ?? '', one?.[2] ?? '', one?.[3] ?? '']) } : null;
}

function cellRows(lines: readonly string[], columns: readonly string[]): Assertion | null {
  const rows = lines.map((line) => line.replace(/\s*\([^()]*\)$/, '').split(/,\s+/).map((cell) => cell.trim().replace(/^(["'`])(.*)\1$/, '$2')));
  const whole = columns.length > 2 && rows.every((row) => row.length === columns.length && row.every((cell) => cell !== '' && cell.length < 40 && !/[…:=<>]|\.{3}|\b(?:or|and|should|must)\b/i.test(cell)) && certain(row));
  const cells = whole ? rows.map((row) => row.map((cell, at) => (/^null$/i.test(cell) ? null : catalogCell(columns[at] ?? null, cell)))) : [];
  return whole && cells.every((row) => row.every((cell) => cell !== undefined)) ? { type: 'includes', columns: [...columns], rows: cells.map((row) => row.map((cell) => cell ?? null)) } : null;
}
