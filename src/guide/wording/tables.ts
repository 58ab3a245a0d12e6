import type { Assertion, Scalar } from '../../assertions/assertion.js';
import { columnCalled } from './called.js';
import { catalogCell, rolesInCatalog } from './catalog.js';
import { bareFigure, cellOf, isCut, isGap, isVague, isWrittenAt, isYours } from './cells.js';
import { means } from './header-words.js';
import { withoutRemark } from './row-remarks.js';
import type { StatementShape } from './shape.js';
import { isExplain } from './shape.js';
import { TELLS_STATE } from './states.js';

const without = <One>(all: readonly One[], gaps: readonly number[]): One[] => all.filter((_, index) => !gaps.includes(index));

const NUMBERED = /^(?:\d+|[0-9a-f]{8}-[0-9a-f-]{4,}.*|\.{3}|…)$/i;

/**
 * Rows with the times at which they were written: a sample. Its numbers, its times and what it leaves out are its own;
 * where all other columns tell of states, rows in these states are what is expected.
 */
function sampleOf(columns: readonly string[], rows: readonly (readonly string[])[], shape: StatementShape): Assertion | null {
  const cells = (index: number): string[] => rows.map((row) => (row[index] ?? '').trim());
  const timed = columns.flatMap((name, index) => (isWrittenAt(name) && cells(index).every((cell) => /^\d{4}-\d\d-\d\d/.test(cell)) ? [index] : []));
  const own = columns.flatMap((name, index) => (timed.includes(index) || (/^(?:id|uuid)$/i.test(name.trim()) && cells(index).every((cell) => NUMBERED.test(cell))) || cells(index).every((cell) => /(?:\.{3}|…)$/.test(cell)) ? [index] : []));
  if (timed.length === 0 || own.length === columns.length || !without(columns, own).every((name) => TELLS_STATE.test(name.trim()))) return null;
  const rest = tableOf(without(columns, own), rows.map((row) => without(row, own)), shape);
  return rest?.type === 'table' && rest.columns !== null ? { type: 'includes', columns: rest.columns, rows: rest.rows } : null;
}

/** Columns that count by their names. */
export const COUNTS = /(?:^|_)(?:count|total|num|cnt|n|rows)(?:$|_)/i;

const key = (name: string): string => name.trim().replace(/[`*]/g, '').toLowerCase().replace(/[\s-]+/g, '_');

const countsIn = (column: string, shape: StatementShape): boolean => COUNTS.test(column.trim()) || shape.counted?.includes(column.trim()) === true;

/** A table under a label: these rows, where its header names columns of the result. */
export function tableOf(columns: readonly string[], written: readonly (readonly string[])[], shape: StatementShape | null): Assertion | null {
  if (shape === null || !shape.returnsRows || isExplain(shape) || written.length === 0) return null;
  if (written.some((row) => row.length !== columns.length)) return null;
  // "3-5" boats: a range, where boats are counted.
  const counts = (name: string): boolean => countsIn(name, shape);
  // "1,000" boats, where boats are counted.
  const rows = written.map((row) => row.map((cell, index) => (counts(columns[index] ?? '') ? bareFigure(cell) : cell)));
  // The number of a job, of a row of the reader's own: another one in every database.
  const numbered = columns.some((one) => /^jobname$/i.test(one.trim())) ? /^jobid$/i : rows.some((row) => row.some(isYours)) ? /^(?:id|uuid)$/i : null;
  const gaps = columns.flatMap((name, index) => (rows.every((row) => isGap(row[index] ?? '', name)) || numbered?.test(name.trim()) === true ? [index] : []));
  if (gaps.length > 0 && gaps.length < columns.length) {
    const rest = tableOf(without(columns, gaps), rows.map((row) => without(row, gaps)), shape);
    return rest?.type === 'table' && rest.columns !== null ? rest : null;
  }
  const sampled = sampleOf(columns, rows, shape);
  if (sampled !== null) return sampled;
  if (rows.some((row) => row.some((cell, index) => (isVague(cell) && !isCut(cell, columns[index] ?? '')) || (/^\d+ ?[-–] ?\d+$/.test(cell.trim()) && counts(columns[index] ?? ''))))) return null;
  // When a row was written is another time in every database: what is shown is a sample.
  if (columns.some((name, index) => isWrittenAt(name) && rows.some((row) => /\d{4}-\d\d-\d\d/.test(row[index] ?? '')))) return null;
  // "uuid" in a column of ids, "Your Name": what stands for a value.
  if (rows.some((row) => row.some((cell, index) => isGap(cell, columns[index] ?? '')))) return null;
  const cells = rows.map((row) => row.map(cellOf));
  const known = new Map(shape.columns.flatMap((name) => (name === null ? [] : [[name.toLowerCase(), name] as const])));
  const names = columns.map((name) => known.get(key(name)));
  const base = { type: 'table' as const, rows: cells, ordered: shape.ordered };
  if (names.every((name) => name !== undefined)) return inCatalog({ ...base, columns: names }, names, shape);
  const open = shape.columns.length === 0 || shape.columns.includes('*');
  // A column of that name is the guide's own, not the result's.
  if (open && !columns.some((name) => key(name) === 'expected') && columns.every((name) => /^[a-z_][a-z0-9_]*$/.test(name.trim()))) return inCatalog({ ...base, columns: columns.map((name) => name.trim()) }, columns.map((name) => name.trim()), shape);
  // Headings of the guide's own, over rows that the statement itself names.
  if (shape.columns.length === columns.length && columns.length > 1 && rows.every(([first = '']) => shape.constants?.includes(first.trim().replace(/^`(.*)`$/, '$1')) === true)) return inCatalog({ ...base, columns: null }, shape.columns, shape);
  // By their places, where what stands below the other headings can be what the columns hold.
  const told = (name: string | undefined, index: number): boolean => name !== undefined || means(columns[index] ?? '', shape.columns[index] ?? null) || !isProse(rows.map((row) => row[index] ?? ''));
  if (shape.columns.length === columns.length && names.some((name) => name !== undefined) && names.every(told)) return inCatalog({ ...base, columns: null }, shape.columns, shape);
  return null;
}

/** Words of a guide's own, rather than values. */
export const isProse = (cells: readonly string[]): boolean => cells.some((cell) => /\S\s+\S/.test(cell.trim().replace(/^`[^`]*`$/, '')) && !/^[\p{Lu}\d_ ]+$/u.test(cell.trim()));


const LED_BY = /^(?:verify|check|confirm|ensure|make sure|needs?|wants?|wait for|shall|to|expecting|ok if|passe?s? if|produce) (?=\S)/i;

/** `role | text | 'user'::text | YES`: one row, as wide as the result. */
export function pipeRow(text: string, shape: StatementShape | null): Assertion | null {
  const plain = withoutRemark(text.trim()).replace(/^(`[^`]+ \| [^`]+`) \((?![^()]*\b(?:or|if|may|might|example|e\.g)\b)[^()]*\)$/i, '$1').replace(/^(?:row|record) ?#?\d+: (?=\S)/i, '').replace(/^`|`$/g, '').replace(/^\||\|$/g, '').trim();
  if (!plain.includes(' | ') || shape === null || !shape.returnsRows || isExplain(shape)) return null;
  // A name in quotes is the name.
  const said = plain.split(/\s*\|\s*/).map((cell) => cell.replace(/^"([^"]+)"$/, '$1').replace(/^(YES|NO|true|false|t|f) \((?!.*\b(?:or|if)\b)[^()]*\)$/, '$1')).map((cell, index) => (countsIn(shape.columns[index] ?? '', shape) ? bareFigure(cell) : cell));
  // "2 (if it was seeded)": a cell that is so in one case.
  if (said.some((cell) => /\((?:if|when|unless)\b/i.test(cell))) return null;
  // "`1 | 2`. Any `0` is wrong": a row, and another sentence.
  if (said.some((cell) => cell.split('`').length % 2 === 0)) return null;
  const gaps = said.flatMap((cell, index) => (isGap(cell, shape.columns[index] ?? '') ? [index] : []));
  if (gaps.length > 0 && gaps.length < said.length && said.length === shape.columns.length && shape.columns.every((name) => name !== null && name !== '*')) {
    const [columns, row] = [without(shape.columns, gaps), without(said, gaps)];
    return row.some(isVague) ? null : inCatalog({ type: 'table', columns: columns.map(String), rows: [row.map(cellOf)], ordered: shape.ordered }, columns, shape);
  }
  // "status: active | inactive": what a column may hold.
  if (said.some(isVague) || /^[a-z_]\w*:\s/i.test(said[0] ?? '')) return null;
  // "Ensure boats | t": a verb of the guide's, in front of the row.
  if (shape.texts?.[0]?.length !== 1 && LED_BY.test(said[0] ?? '')) return null;
  // When a row was written is another time in every database.
  if (said.some((cell, index) => /^\d{4}-\d\d-\d\d/.test(cell) && isWrittenAt(shape.columns[index] ?? ''))) return null;
  const cells = said.map(cellOf);
  const open = shape.columns.length === 0 || shape.columns.includes('*');
  // What is left out behind the last cell is when the row was written.
  const untold = shape.columns.slice(cells.length);
  if (!open && untold.length > 0 && untold.every((name) => name !== null && isWrittenAt(name))) {
    const row = inCatalog({ type: 'table', columns: shape.columns.slice(0, cells.length).map(String), rows: [cells], ordered: false }, shape.columns, shape);
    return row?.type === 'table' ? { type: 'includes', columns: row.columns, rows: row.rows } : null;
  }
  if (!open && shape.columns.length !== cells.length) return null;
  return inCatalog({ type: 'table', columns: null, rows: [cells], ordered: shape.ordered }, shape.columns, shape);
}

/** The same rows with the catalog's own words; null where one of them is not known. */
function inCatalog(table: Extract<Assertion, { type: 'table' }>, columns: readonly (string | null)[], { tables }: StatementShape): Assertion | null {
  const rows = table.rows.map((row) => row.map((cell, index) => rolesInCatalog(columns[index] ?? null, catalogCell(columns[index] ?? null, cell), tables)));
  const known = rows.map((row) => row.filter((cell): cell is Scalar => cell !== undefined));
  return known.every((row, index) => row.length === rows[index]?.length) ? { ...table, rows: known } : null;
}

/** Output as psql prints it: header, rule, rows, and `(N rows)` as `count`. An empty cell is NULL, as psql shows it. */
export function psqlTable(text: string): { columns: string[]; rows: string[][]; count: number | null } | null {
  const all = text.replace(/[─━═]/gu, '-').replace(/[│┃║]/gu, '|').replace(/[┼╋╬╪╫┬┴├┤]/gu, '+').split(/\r?\n/).filter((line) => line.trim() !== '');
  // A frame of +---+ around and between: the header is its first line.
  const framed = /^\s*\+[-+]+\+\s*$/.test(all[0] ?? '');
  const lines = framed ? all.filter((line, index) => index === 2 || !/^\s*\+[-+]+\+\s*$/.test(line)).map((line, index) => (index === 1 ? '-----' : line)) : all;
  const rule = lines.findIndex((line) => /^[\s|]*-{2,}(?:[-+|\s]*)$/.test(line));
  if (rule !== 1) return null;
  const count = lines.map((line) => /^\s*\((\d+) rows?\)\s*$/.exec(line)?.[1]).find((said) => said !== undefined);
  const body = lines.slice(2).filter((line) => !/^\s*\(\d+ rows?\)\s*$/.test(line)).map(withoutRemark);
  const aligned = ![lines[0] ?? '', ...body].some((line) => line.includes('|')) && /\S\s{2,}\S/.test(lines[0] ?? '');
  const cells = (line: string): string[] => {
    const trimmed = line.trim();
    return aligned ? trimmed.split(/\s{2,}/) : (trimmed.startsWith('|') ? trimmed.slice(1).replace(/\|$/, '') : trimmed).split('|').map((cell) => cell.trim());
  };
  // `t (true)`: said twice.
  const shown = (line: string): string[] => cells(line).map((cell) => (cell === '' && !line.trim().startsWith('|') ? 'NULL' : cell.replace(/^([tf]) \((?:true|false)\)$/, '$1')));
  return { columns: cells(lines[0] ?? ''), rows: body.map(shown), count: count === undefined ? null : Number(count) };
}

/** `(orders, t)`: one row, as wide as the result. A cell is one word or a text in quotes. */
export function tupleRow(text: string, shape: StatementShape | null): Assertion | null {
  const inner = /^\(([^()]+)\)$/.exec(text.trim())?.[1] ?? /^`?([tf](?:, ?[tf])+)`?$/.exec(text.trim())?.[1];
  if (inner === undefined) return tupleRows(text.trim(), shape) ?? pipedRows(text.trim(), shape) ?? bareRow(text, shape);
  if (!isPlainResult(shape)) return null;
  const cells = inner.split(/,\s*/);
  if (cells.length < 2 || cells.length !== shape.columns.length || !cells.every((cell) => /^(?:[\w.:-]+|'[^']*'|"[^"]*")$/.test(cell))) return null;
  return { type: 'table', columns: null, rows: [cells.map((cell) => cellOf(cell.replace(/^(['"])(.*)\1$/, '$2')))], ordered: shape.ordered };
}

const TUPLE = String.raw`\x60?\([^()\x60]+\)\x60?`;
const TUPLES = new RegExp(`^${TUPLE}(?:(?:,? and |, ?)${TUPLE})+$`);

/** "`(1, 'x')` and `(2, NULL)`": a row each. */
function tupleRows(text: string, shape: StatementShape | null): Assertion | null {
  if (!TUPLES.test(text)) return null;
  const rows = [...text.matchAll(new RegExp(TUPLE, 'g'))].map(([one]) => tupleRow(one.replaceAll('`', ''), shape));
  const found = rows.flatMap((row) => (row?.type === 'table' ? row.rows : []));
  return found.length < rows.length ? null : { type: 'table', columns: null, rows: found, ordered: false };
}

const PIPED = '`[^`|]+(?: \\| [^`|]+)+`';
const PIPED_ROWS = new RegExp(`^${PIPED}(?:(?:,? and |, ?)${PIPED})+$`);

/** "`boats | f` and `piers | t`": a row each, among those there are. */
function pipedRows(text: string, shape: StatementShape | null): Assertion | null {
  const rows = PIPED_ROWS.test(text) ? [...text.matchAll(new RegExp(PIPED, 'g'))].map(([one]) => pipeRow(one, shape)) : [];
  const [first] = rows;
  if (first?.type !== 'table' || !rows.every((row) => row?.type === 'table' && String(row.columns) === String(first.columns))) return null;
  return { type: 'includes', columns: first.columns, rows: rows.flatMap((row) => (row?.type === 'table' ? row.rows : [])) };
}

const PLAIN_CELL = /^(?:-?\d+(?:\.\d+)?|\d{4}-\d\d-\d\d|true|false|t|f|null|yes|no|'[^']*'(?:::[\w ]+)?)$/i;

/** "heron / ready / NULL": a cell of each column, three at least, or one that is NULL. */
function slashedRow(text: string, shape: StatementShape): Assertion | null {
  const cells = text.trim().split(/ \/ /);
  if (cells.length !== shape.columns.length || !(cells.length > 2 || cells.some((cell) => /^null$/i.test(cell))) || !cells.every((cell) => /^[\w.:@+-]+$/.test(cell))) return null;
  return { type: 'table', columns: null, rows: [cells.map(cellOf)], ordered: shape.ordered };
}

/** `90, 90, true`: figures, truth values and texts in quotes, as many as the result has columns. */
function bareRow(text: string, shape: StatementShape | null): Assertion | null {
  if (isPlainResult(shape) && text.includes(' / ')) return slashedRow(text, shape);
  const cells = text.trim().split(/,\s+/);
  if (!isPlainResult(shape) || cells.length < 2 || cells.length !== shape.columns.length || !cells.every((cell) => PLAIN_CELL.test(cell) || /^`[^`]+`$/.test(cell)) || !cells.some((cell) => PLAIN_CELL.test(cell.replaceAll('`', ''))) || cells.every((cell) => /^(?:yes|no)$/i.test(cell))) return null;
  // No table is called "true".
  if (cells.some((cell, index) => /^(?:true|false|t|f)$/i.test(cell) && /name$/i.test(shape.columns[index] ?? ''))) return null;
  return { type: 'table', columns: null, rows: [cells.map((cell) => cellOf(cell.replace(/^`(.*)`$/, '$1').replace(/^'(.*)'$/, '$1').replace(/^(?:true|false)$/i, (truth) => truth.toLowerCase())))], ordered: shape.ordered };
}

/** `orders: 5 policies`: a name, a figure, and at most what it counts. */
const COUNTED = /^`?([^`:：=|]{1,60}?)`?\s*(?:[:：=]|→|->)\s*`?(\d+)`?(?:\s+(\p{L}[\p{L} ]{0,30}?))?(?:\s*\([^()]{1,40}\))?$/u;
const countedIn = (line: string): RegExpExecArray | null => COUNTED.exec(line.replace(/[*\p{Extended_Pictographic}\ufe0f✓✔☑]/gu, '').trim());

/** Whether each line gives a name and its figure. */
export const areCounted = (lines: readonly string[]): boolean => lines.length > 1 && lines.every((line) => countedIn(line) !== null);

/** The two columns that hold names and their figures: the only two, or the first and the only one that counts. */
function countingColumns(shape: StatementShape, things: readonly string[]): string[] | null | undefined {
  const figure = shape.columns[1];
  // The column that it looks into names the rows, where another is the same in each of them.
  const within = shape.groups === 1 && (shape.constants?.length ?? 0) > 0 ? shape.columns.find((column) => column?.toLowerCase() === shape.soughtIn?.toLowerCase()) : undefined;
  const name = within ?? shape.columns[0];
  if (shape.columns.length === 2) return /count|total|num|cnt|^n$|^rows$/i.test(figure ?? '') || (figure != null && shape.counted?.includes(figure) === true) ? null : undefined;
  // Of several that count, the one that is called as what is counted: "7 tasks".
  const [thing = '', ...others] = new Set(things);
  const called = thing === '' || others.length > 0 ? null : columnCalled(thing, shape, true);
  const counted = shape.counted ?? [];
  const [only, ...more] = called !== null && counted.includes(called) ? [called] : counted;
  return shape.groups === 1 && only !== undefined && more.length === 0 && name != null && name !== only ? [name, only] : undefined;
}

/** Whether some of these names are such as the statement writes itself, and others not: one of its rows is meant by another name. */
export function meansAnother(names: readonly string[], shape: StatementShape | null): boolean {
  const branches = shape?.groups === undefined && (shape?.branches ?? 0) > 1 ? (shape?.constants ?? []) : [];
  return branches.length > 0 && names.some((one) => branches.includes(one)) && !names.every((one) => branches.includes(one));
}

/** `orders: 5 policies`, one a line: a name and its count, of a query that groups. */
export function countPerName(lines: readonly string[], shape: StatementShape | null): Assertion | null {
  const columns = isPlainResult(shape) && !shape.oneRow ? countingColumns(shape, lines.map((line) => countedIn(line)?.[3] ?? '')) : undefined;
  if (columns === undefined) return null;
  const rows = totalled(lines.map(countedIn));
  // A group of none is no row at all, unless the statement itself names it: which of the two is meant, a person tells.
  const named = (row: RegExpExecArray | null): boolean => shape?.groups === undefined && shape?.constants?.includes(row?.[1]?.trim() ?? '') === true;
  if (rows.length < 2 || !rows.every((row) => row !== null && (Number(row[2]) > 0 || named(row)))) return null;
  const told = rows.map((row) => [row?.[1]?.trim() ?? '', row?.[2] ?? '']);
  if (meansAnother(told.map(([one = '']) => one), shape)) return null;
  // Of more that it looks for, these are some.
  if (columns !== null && shape?.soughtIn?.toLowerCase() === columns[0]?.toLowerCase() && (shape?.sought?.length ?? 0) > told.length) return { type: 'includes', columns, rows: told };
  return { type: 'table', columns, rows: told, ordered: false };
}

/** Without the sum below them, which is no row of its own. */
function totalled<Row extends RegExpExecArray | null>(rows: Row[]): Row[] {
  const last = rows.at(-1);
  const sum = rows.slice(0, -1).reduce((all, row) => all + Number(row?.[2]), 0);
  return rows.length > 2 && /^(?:grand )?total$/i.test(last?.[1] ?? '') && Number(last?.[2]) === sum ? rows.slice(0, -1) : rows;
}

export function isPlainResult(shape: StatementShape | null): shape is StatementShape {
  return shape !== null && shape.returnsRows && !isExplain(shape) && shape.columns.length > 0 && !shape.columns.includes('*');
}

/** Whether the first line holds the names of the result's columns; where only the server knows them, names that no row below it is like. */
function headedBy(head: readonly string[], rows: readonly (readonly string[])[], shape: StatementShape | null): boolean {
  if (shape === null || head.length < 2) return false;
  if (shape.columns.length > 1 && !shape.columns.includes('*')) return head.join('|').toLowerCase() === shape.columns.map((column) => column?.toLowerCase()).join('|');
  const isName = (cell: string): boolean => /^[a-z_][a-z\d_]*$/.test(cell);
  return shape.columns.includes('*') && head.every(isName) && new Set(head).size === head.length && head.some((name) => /^id$|_/.test(name)) && rows.every((row) => row.length === head.length && !row.every(isName));
}

/** `name | type`, a row a line. */
export function rowsOf(lines: readonly string[], shape: StatementShape | null): Assertion | null {
  const cells = (line: string): string[] => line.trim().replace(/^\||\|$/g, '').split(/\s*\|\s*|\s{2,}/).map((cell) => cell.replaceAll('`', '').trim());
  const [head = '', ...under] = lines;
  if (under.length > 0 && headedBy(cells(head), under.map(cells), shape)) return tableOf(cells(head), under.map((line) => cells(withoutRemark(line))), shape);
  const piped = lines.map((line) => pipeRow(line, shape) ?? pipeRow(line.replace(/\s{2,}/g, ' | '), shape));
  const [first] = piped;
  if ((first?.type !== 'table' && first?.type !== 'includes') || !piped.every((row) => row?.type === first.type && String(row.columns) === String(first.columns))) return null;
  return { ...first, rows: piped.flatMap((row) => (row?.type === first.type ? row.rows : [])) };
}

/** Of rows that are only some of those there are ("should include:"): the words in their cells, and the whole as a question where that is more. */
export function withinRows({ rows, columns }: Extract<Assertion, { type: 'table' }>, sentence: string): Assertion[] {
  if (rows.every((row) => row.length > 1 && row.every((cell) => cell === null || !/^(?:…|\.{3}|<.*>)$/.test(String(cell))))) return [{ type: 'includes', columns, rows }];
  const cells = rows.flat();
  const words = cells.filter((cell): cell is string => typeof cell === 'string' && cell.length > 1 && /\p{L}/u.test(cell) && !/^(?:true|false|yes|no|null)$/i.test(cell) && !/…|\.{3}/.test(cell));
  const shown = [...(columns ? [columns] : []), ...rows].map((row) => row.map((cell) => cell ?? 'NULL').join(' | ')).join('\n');
  const rest: Assertion[] = words.length === cells.length && rows.every((row) => row.length === 1) ? [] : [{ type: 'operator', text: `${sentence.trim()}\n${shown}` }];
  return [...(words.length > 0 ? [{ type: 'contains' as const, values: [...new Set(words)] }] : []), ...rest];
}
