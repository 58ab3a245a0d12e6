import type { Assertion } from '../../assertions/assertion.js';
import { isVague } from './cells.js';
import { figureOf } from './ranges.js';
import { knownColumns, type StatementShape } from './shape.js';
import { tableOf } from './tables.js';

/** "1 or more  ← must have data", "0 (or more if you added some)": the bound alone. */
const boundOf = (cell: string): ReturnType<typeof figureOf> => figureOf(cell.replace(/[`*]/g, '').replace(/\s*(?:←|<--?).*$/u, '').replace(/^(\d+) (?:or (?:more|higher|greater)|\(or (?:more|higher|greater)\b[^()]*\))(?:\s*\([^()]*\))?$/i, '$1+').trim());

/**
 * A table whose rows the statement itself names, with cells among its figures that leave them open: the rows that are
 * certain, bounds where they are told, and the rest as a question; null for any other table.
 */
export function certainRows(columns: readonly string[], rows: readonly (readonly string[])[], shape: StatementShape | null): Assertion[] | null {
  const name = ([first = '']: readonly string[]): string => first.trim().replace(/^`(.*)`$/, '$1');
  if (shape?.returnsRows !== true || rows.length < 2 || columns.length < 2 || !rows.every((row) => row.length === columns.length && shape.constants?.includes(name(row)) === true)) return null;
  const bounds = rows.map((row) => (row.length === 2 ? boundOf(row[1] ?? '') : null));
  const isOpen = (row: readonly string[], index: number): boolean => bounds[index]?.op === '>=' || row.slice(1).some((cell) => isVague(cell) || /[^\w\s.,:@/+-]/.test(cell.replace(/[`*]/g, '')));
  const certain = tableOf(columns, rows.filter((row, index) => !isOpen(row, index)), shape);
  const [label, figure] = certain?.type === 'table' && certain.columns !== null ? certain.columns : shape.columns;
  if (certain !== null && certain.type !== 'table') return null;
  const bounded = rows.flatMap((row, index): Assertion[] => {
    const bound = isOpen(row, index) ? (bounds[index] ?? null) : null;
    return bound === null || label == null || figure == null ? [] : [{ type: 'column', column: figure, quantifier: 'every', ...bound, where: { column: label, value: name(row) } }];
  });
  const asked = rows.filter((row, index) => isOpen(row, index) && bounds[index] === null).map((row) => row.join(' | '));
  if (certain === null && bounded.length === 0) return null;
  return [...(certain === null ? [] : [{ type: 'includes' as const, columns: certain.columns, rows: certain.rows }]), ...bounded, ...(asked.length === 0 ? [] : [{ type: 'operator' as const, text: asked.join('\n') }])];
}

/** A line that says that there are more rows. */
const AND_MORE = /^\W*(?:\.{3}|…|etc\b|and \d+ more\b|and so on\b)[^|]*$/i;
/** A cell that stands for any value: `[timestamp]`, `<uuid>`. */
const STANDS_FOR = /^(?:\[[\w :-]+\]|<[\w :-]+>|\{[\w-]+\}|\.{3}|…)$/;

/**
 * Printed rows of which some cells are open ("| [timestamp]", "| 133+ |"), a line each: those that are certain, without the
 * column that is open in all of them, and a bound where one is told. Null where every cell is certain, or none.
 */
export function openRows(lines: readonly string[], shape: StatementShape | null): Assertion[] | null {
  const columns = shape === null ? null : knownColumns(shape);
  const told = lines.filter((line) => !AND_MORE.test(line.trim()));
  const rows = told.map((line) => line.trim().replace(/^[-*•]\s+/, '').replace(/^\||\|$/g, '').split(' | ').map((cell) => cell.trim()));
  if (shape === null || columns === null || columns.length < 3 || rows.length === 0 || !rows.every((row) => row.length === columns.length)) return null;
  const open = columns.map((_, at) => rows.every((row) => STANDS_FOR.test(row[at] ?? '')));
  const kept = <Cell>(cells: readonly Cell[]): Cell[] => cells.filter((_, at) => open[at] !== true);
  const bounds = rows.map((row) => row.flatMap((cell, at) => (/^\d[\d,]*\+$/.test(cell) ? [{ column: columns[at] ?? '', value: Number(cell.replace(/\D/g, '')) }] : [])));
  const sure = rows.filter((row, index) => bounds[index]?.length === 0 && !kept(row).some((cell) => isVague(cell) || STANDS_FOR.test(cell)));
  if ((!open.includes(true) && bounds.every((one) => one.length === 0) && told.length === lines.length) || sure.length === 0 || sure.length + bounds.filter((one) => one.length === 1).length < rows.length) return null;
  const table = tableOf(kept(columns), sure.map((row) => kept(row)), shape);
  const [naming = ''] = columns;
  return table?.type !== 'table' ? null : [{ type: 'includes', columns: kept(columns), rows: table.rows }, ...rows.flatMap(([name = ''], index): Assertion[] => (bounds[index] ?? []).map(({ column, value }) => ({ type: 'column', column, quantifier: 'every', op: '>=', value, where: { column: naming, value: name } })))];
}
