import type { Table } from './block.js';
import type { Draft } from './draft.js';
import { plainText } from './plain.js';
import { closeGroup, makeDraft, roleNow, titleNow, type Walk } from './walk.js';
import { bareFigure } from './wording/cells.js';
import { addWording, answersAbove } from './walk-wording.js';

/** A table whose header is the columns of the only query above it, or "Table" and "Count" over the names that the query itself writes, with a figure each. */
function isItsResult(table: Table, code: Draft | null): boolean {
  const [query, ...more] = code?.statements.filter((one) => one.shape.returnsRows) ?? [];
  const columns = query === undefined || more.length > 0 ? [] : query.shape.columns;
  if (query === undefined || table.rows.length === 0 || columns.length !== table.columns.length) return false;
  const heads = table.columns.map((column) => plainText(column).toLowerCase());
  if (columns.every((column, index) => column?.toLowerCase() === heads[index])) return true;
  const named = table.rows.every(({ cells: [name = '', figure = ''] }) => query.shape.constants?.includes(plainText(name)) === true && /^\d[\d,]*$/.test(bareFigure(figure)));
  return columns.length === 2 && /^(?:tables?|names?|entit(?:y|ies)|objects?|items?|what)$/.test(heads[0] ?? '') && /^(?:(?:row )?counts?|rows?|totals?|records?|number)$/.test(heads[1] ?? '') && named;
}

/** A table below a label, an answer above it, what monitoring watches, or prose. */
export function readTable(walk: Walk, table: Table): void {
  if (walk.open) {
    walk.open.extra = { kind: 'table', columns: table.columns, rows: table.rows.map((row) => row.cells) };
    closeGroup(walk);
    return;
  }
  if (walk.code?.fence?.table !== true && answersAbove(walk) && (walk.label !== null || table.columns.some((column) => /^\W*expect(?:ed|ation)?\b/i.test(column)) || isItsResult(table, walk.code))) {
    return addWording(walk, { line: table.line, text: 'Expected:', extra: { kind: 'table', columns: table.columns, rows: table.rows.map((row) => row.cells) }, remedy: null });
  }
  if (roleNow(walk) === 'monitor' && table.columns.some((column) => /threshold|target|limit|expected|alert/i.test(column))) {
    const draft = makeDraft(walk, 'monitor', table, titleNow(walk));
    draft.around = table.rows.map((row) => ({ line: row.line, text: row.cells.filter((cell) => cell !== '').join(' – '), extra: null, remedy: null }));
    walk.guide.drafts.push(draft);
    return;
  }
  walk.prose.push([table.columns, ...table.rows.map((row) => row.cells)].map((cells) => cells.join(' | ')).join('\n'));
}
