import type { Assertion } from '../../assertions/assertion.js';
import { catalogCell, catalogType } from './catalog.js';
import { isVague } from './cells.js';
import { certainRows } from './certain-rows.js';
import { readSentence } from './clause.js';
import { counted } from './counts.js';
import { readFault, readSuccess } from './faults.js';
import type { Found } from './reading.js';
import { readJson } from './json-output.js';
import { readJsonValue } from './json-value.js';
import { literalOf } from './literal.js';
import { listedNames, OUTCOMES, readNamed } from './names.js';
import { numberOf } from './normal.js';
import { planLines } from './plans.js';
import { deniesItsName } from './remarks.js';
import { recordsOf, recordOfColumns } from './records.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';
import { FLAG } from './states.js';
import { COUNTS, countPerName, isPlainResult, psqlTable, rowsOf, tableOf } from './tables.js';

/** "Expected error:" over what the server says. */
export const ERROR_BELOW = /^\W*expected (?:error|exception)(?: message)?\W*$/i;

export function readErrorBelow(text: string, shape: StatementShape | null): Found | null {
  const [first = ''] = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  return /…|\.{3}|[<>{}]/.test(first) ? null : readFault(/^error\b/i.test(first) ? first : `ERROR: ${first}`, shape);
}

const COUNT = /^\((\d+) rows?\)$/;
const TAGS = /^(?:CREATE|ALTER|DROP|COMMENT|GRANT|REVOKE|DO|BEGIN|COMMIT)\b[A-Z ]*$/;

/** Output under a label: psql's table or records, rows, names, a value, notices, an error, or command tags. */
export function readOutput(text: string, shape: StatementShape | null): Assertion[] | null {
  const json = readJson(text, shape) ?? readJsonValue(text, shape)?.assertions;
  if (json) return json;
  const table = psqlTable(text);
  if (table) return printedTable(table, text, shape);
  const all = text.replace(/(?<=[|\s])([tf]) \((?:true|false)\)(?=\s|$)/g, '$1').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  // "(0 rows)": what psql says of them.
  const [, said] = all.length === 1 ? (/^\(?(\d+|no|zero) rows?\)?$/i.exec(all[0] ?? '') ?? []) : [];
  if (said !== undefined) return counted('=', numberOf(said) ?? 0, shape, true)?.assertions ?? null;
  const rows = all.length > 1 ? COUNT.exec(all.at(-1) ?? '')?.[1] : undefined;
  const lines = rows === undefined ? all : all.slice(0, -1);
  const read = valueOf(lines, shape) ?? recordsOf(lines, shape) ?? recordOfColumns(lines, shape) ?? headed(lines, shape) ?? tableRows(lines, shape) ?? plainly(lines, shape);
  if (rows === undefined) return read;
  if (read === null) {
    const names = namesIn(lines, shape);
    return names && [{ type: 'rows', op: '=', value: Number(rows) }, ...names];
  }
  if (read.some((one) => one.type === 'table')) return read.every((one) => one.type !== 'table' || one.rows.length === Number(rows)) ? read : null;
  return [{ type: 'rows', op: '=', value: Number(rows) }, ...read];
}

/** A table as psql prints it. Where it says that there are more rows than it shows, these are some of them. */
function printedTable({ columns, rows, count }: NonNullable<ReturnType<typeof psqlTable>>, text: string, shape: StatementShape | null): Assertion[] | null {
  if (count === 0 && rows.length === 0) return counted('=', 0, shape, true)?.assertions ?? null;
  if (count !== null && count !== rows.length && shape?.returnsRows === true) return [{ type: 'rows', op: '=', value: count }, { type: 'operator', text: text.trim() }];
  const made = tableOf(columns, rows, shape);
  return made ? [made] : certainRows(columns, rows, shape);
}

/** One line below a query for one value: that value. */
function valueOf(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  const [line = '', ...more] = lines;
  if (more.length > 0 || shape?.oneRow !== true || !shape.singleColumn || isExplain(shape)) return null;
  const read = readSentence(line, shape, false);
  if (read && !read.alternative) return read.assertions;
  return /^[\w.:@/+-]{1,60}$/.test(line) && !isVague(line) && !/\.{2,}/.test(line) ? [{ type: 'value', op: '=', value: line }] : null;
}

/** The names of the columns, without a rule under them. */
function headed(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  const [head = '', ...under] = lines;
  if (under.length === 0 || shape === null || shape.columns.includes('*')) return null;
  for (const between of [/\s*\|\s*|\s{2,}/, /\s*,\s*/]) {
    const cells = (line: string): string[] => line.split(between);
    if (cells(head).length !== shape.columns.length || !cells(head).every((name, index) => name.toLowerCase() === shape.columns[index]?.toLowerCase())) continue;
    const made = tableOf(cells(head), under.map(cells), shape);
    const found = made ? [made] : certainRows(cells(head), under.map(cells), shape);
    if (found) return found;
  }
  return null;
}

/** A row a line, its cells between pipes, in columns, between commas; or a name and what belongs to it. */
function tableRows(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  const rows = countPerName(lines, shape) ?? rowsOf(lines, shape) ?? separated(lines, shape, /^([^,]+(?:,\s*[^,]+)+)$/, /,\s*/) ?? separated(lines, shape, /^(`?[\w. -]+`?(?:\s*[:=]|\s+(?:-|→|->|=>))\s*\S+)$/, /\s*[:=]\s*|\s+(?:-|→|->|=>)\s*/);
  return rows && [rows];
}

function separated(lines: readonly string[], shape: StatementShape | null, line: RegExp, between: RegExp): Assertion | null {
  if (!isPlainResult(shape) || shape.columns.length < 2 || lines.length === 0 || !lines.every((one) => line.test(one))) return null;
  const rows = lines.map((one) => one.split(between).map((cell) => cell.trim()));
  const firm = (cell: string, at: number): boolean => {
    if (isVague(cell) || /…|\.{3}|\s{2,}/.test(cell)) return false;
    if (/^(?:udt_name|type|format_type)$/i.test(shape.columns[at] ?? '')) return /^[a-z][a-z0-9]*$/.test(cell);
    if (/^data_type$/i.test(shape.columns[at] ?? '')) return catalogType(cell) !== undefined;
    if (FLAG.test(shape.columns[at] ?? '') && catalogCell(shape.columns[at] ?? null, cell) === cell) return /^(?:t|f|true|false)$/i.test(cell);
    if (COUNTS.test(shape.columns[at] ?? '')) return /^-?[\d.,]+$/.test(cell);
    return at === 0 || literalOf(cell) !== undefined || /^[\w.:@/'-]+$/.test(cell);
  };
  // A line that begins with a column's name tells of that column, and is no row.
  const fits = (row: readonly string[]): boolean => row.length === shape.columns.length && row.every(firm) && hasColumn(shape, (row[0] ?? '').replaceAll('`', '')) !== true && !/^(?:grand )?total$/i.test(row[0] ?? '');
  return rows.every(fits) ? tableOf(shape.columns.map((name) => name ?? ''), rows, shape) : null;
}

/** No rows that anything tells apart: names, a plan, notices, an error or tags. */
function plainly(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  if (shape !== null && isExplain(shape)) return planLines(lines, shape);
  const notices = lines.map((line) => /^(?:psql:\S+ )?(?:NOTICE|WARNING|INFO):\s+(.+)$/.exec(line)?.[1] ?? null);
  if (notices.length > 0 && notices.every((notice) => notice !== null)) {
    return notices.some((notice) => /…|\.{3}|[<[{]/.test(notice)) ? null : notices.map((contains) => ({ type: 'notice', contains, present: true }));
  }
  const [line = ''] = lines;
  if (/^ERROR:/.test(line)) return readFault(line, shape)?.assertions ?? null;
  if (lines.length === 1) return readSuccess(line, shape)?.assertions ?? (TAGS.test(line) ? [{ type: 'success' }] : named(lines, shape));
  return lines.length > 0 && lines.every((one) => TAGS.test(one)) ? [{ type: 'success' }] : named(lines, shape);
}

/** Names, each with a remark behind it, or all of them in one line. */
function named(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  if (lines.some(deniesItsName)) return null;
  const bare = lines.map((line) => line.replace(/\s+(?:--|#|\/\/|←|<-+)\s.*$/, ''));
  const list = bare.length === 1 && /,/.test(bare[0] ?? '') ? (bare[0] ?? '').split(/\s*,\s*/) : bare;
  return list.length < 2 || (bare.length > 1 && bare.every((line, index) => line === lines[index])) ? null : namesIn(list, shape);
}

function namesIn(list: readonly string[], shape: StatementShape | null): Assertion[] | null {
  const names = list.some((one) => OUTCOMES.test(one) || deniesItsName(one)) ? null : listedNames(list);
  return names === null ? null : (readNamed(names, shape, false)?.assertions ?? null);
}
