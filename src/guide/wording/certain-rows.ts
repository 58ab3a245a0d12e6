import type { Assertion } from '../../assertions/assertion.js';
import { isVague } from './cells.js';
import { figureOf } from './ranges.js';
import type { StatementShape } from './shape.js';
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
