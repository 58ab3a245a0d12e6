import type { Assertion } from '../../assertions/assertion.js';
import { isVague } from './cells.js';
import { certainRows } from './certain-rows.js';
import { means } from './header-words.js';
import { literalOf } from './literal.js';
import { readNamed } from './names.js';
import { figureOf } from './ranges.js';
import { namingColumn } from './row-of.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';
import { isProse, tableOf } from './tables.js';

/** Columns of a guide's own that explain a row. */
const REMARK = /^(?:descriptions?|purposes?|notes?|comments?|remarks?|meanings?|explanations?|details|why|usage|used for|what (?:it|they) (?:does|do)|what (?:it is|they are) for|reason)$/i;

const BEFORE = /\b(?:before|old|previous(?:ly)?|was|were|wrong|bad|earlier|actual|original(?:ly)?)\b/i;

/** A sign that no statement writes stands for a value: which one, a person tells. */
const isTicked = (cell: string, shape: StatementShape | null): boolean => /^\W*\p{Extended_Pictographic}/u.test(cell) && shape !== null && shape.columns.length > 0 && !shape.columns.includes('*') && shape.texts?.flat().includes(cell.trim()) !== true;

/** "`definition` contains" in a header. */
const HOLDS_PART = /\s+(?:contains|includes|mentions)\W*$/i;

/** A table under a label, whose header may have words of its own: rows of the result, or one row with a line for each of its columns. */
export function readTable(columns: readonly string[], rows: readonly (readonly string[])[], shape: StatementShape | null): Assertion[] | null {
  if (rows.some((row) => row.some((cell) => isTicked(cell, shape)))) return null;
  // What was there before is not what is expected now.
  if (columns.some((name) => BEFORE.test(name) && hasColumn(shape, name.trim()) !== true)) return null;
  // "`definition` contains": a part of what stands in that column.
  const parts = columns.flatMap((name, index) => (HOLDS_PART.test(name) && hasColumn(shape, name.replace(HOLDS_PART, '').replaceAll('`', '').trim()) === true ? [index] : []));
  if (parts.length > 0) return readTable(columns.map((name, index) => (parts.includes(index) ? name.replace(HOLDS_PART, '').replaceAll('`', '').trim() : name)), rows.map((row) => row.map((cell, index) => (parts.includes(index) ? `…${cell.trim().replace(/^`([^`]*)`$/, '$1')}…` : cell))), shape);
  const exact = tableOf(columns, rows, shape);
  if (exact) return [exact];
  if (shape === null || !shape.returnsRows || isExplain(shape) || rows.length === 0 || rows.some((row) => row.length !== columns.length)) return null;
  return upright(columns, rows, shape) ?? inWords(columns, rows, shape) ?? besideProse(columns, rows, shape) ?? certainRows(columns, rows, shape) ?? namesAlone(columns, rows, shape);
}

/** `| Column | Value |`: each line names a column of the one row. */
function upright(columns: readonly string[], rows: readonly (readonly string[])[], shape: StatementShape): Assertion[] | null {
  const names = rows.map(([name = '']) => shape.columns.find((column) => column !== null && column.toLowerCase() === name.replaceAll('`', '').trim().toLowerCase()));
  if (columns.length !== 2 || names.some((name) => name === undefined) || new Set(names).size !== names.length) return null;
  const values = rows.map(([, said = '']) => {
    const bare = said.trim().replace(/^`([^`]*)`$/, '$1');
    return isVague(bare) || !/^[\w.:@/'+-]+$/.test(bare) ? undefined : literalOf(said) ?? bare;
  });
  if (values.some((value) => value === undefined)) return null;
  return names.map((name, index) => ({ type: 'column', column: name ?? '', quantifier: 'every', op: '=', value: values[index] ?? null }));
}

function inWords(columns: readonly string[], rows: readonly (readonly string[])[], shape: StatementShape): Assertion[] | null {
  if (shape.columns.length === 0 || shape.columns.includes('*')) return null;
  const kept = columns.flatMap((name, index) => (REMARK.test(name.replace(/[*`]/g, '').trim()) && hasColumn(shape, name.trim()) !== true ? [] : [index]));
  const meant = kept.map((index) => shape.columns.filter((column) => means(columns[index] ?? '', column)));
  const own = meant.map((found, at) => (found.length === 1 ? found[0] : kept.length === shape.columns.length && found.includes(shape.columns[at] ?? null) ? shape.columns[at] : undefined));
  if (kept.length === 0 || own.some((name) => name == null) || new Set(own).size !== own.length) return null;
  const cells = rows.map((row) => kept.map((index) => row[index] ?? ''));
  // Names, each with what it is for: a list of names.
  if (kept.length === 1 && kept.length < columns.length) return readNamed(cells.map(([name = '']) => name.replaceAll('`', '').trim()), shape, false)?.assertions ?? null;
  const table = tableOf(own.map((name) => name ?? ''), cells, shape);
  return table === null ? bounds(own.map((name) => name ?? ''), cells) : [table];
}

/** `| boat | where it lies |` over names and prose: the first alone is a column of the result, and the only one that is judged. */
function besideProse(columns: readonly string[], rows: readonly (readonly string[])[], shape: StatementShape): Assertion[] | null {
  const [first = '', ...others] = columns.map((name) => name.replaceAll('`', '').trim());
  const [own, ...more] = columns.map((name) => hasColumn(shape, name.replaceAll('`', '').trim()) === true);
  if (own !== true || others.length === 0 || more.includes(true) || !others.every((_, index) => isProse(rows.map((row) => row[index + 1] ?? '')))) return null;
  const table = tableOf([first], rows.map(([name = '']) => [name]), shape);
  return table === null ? null : [table];
}

/** `| Function | Made by |` over names in back-ticks: they are there; what stands beside them in columns that the result has, too, is asked. */
function namesAlone(columns: readonly string[], rows: readonly (readonly string[])[], shape: StatementShape): Assertion[] | null {
  const naming = namingColumn(shape);
  const names = rows.map(([name = '']) => /^\s*`([\w.-]+)(?:\(\))?`\s*$/.exec(name)?.[1]);
  if (naming === null || columns.length < 2 || !means(columns[0] ?? '', naming) || names.some((name) => name === undefined) || new Set(names).size < names.length) return null;
  const own = columns.flatMap((name, index) => (index > 0 && shape.columns.some((column) => column !== naming && means(name, column)) ? [index] : []));
  const beside = rows.map((row) => [row[0] ?? '', ...own.map((index) => row[index] ?? '')].join(' | '));
  return [{ type: 'contains', values: names.map((name) => name ?? '') }, ...(own.length === 0 ? [] : [{ type: 'operator' as const, text: beside.join('\n') }])];
}

/** `| Kind | Count |` with figures such as `10+` or `3-5` in its second column: each of the row that its first names. */
function bounds(columns: readonly string[], rows: readonly (readonly string[])[]): Assertion[] | null {
  const [label = '', figure = '', ...more] = columns;
  const names = rows.map(([name = '']) => name.replaceAll('`', '').trim());
  if (figure === '' || more.length > 0 || names.some((name) => name === '' || isVague(name)) || new Set(names).size < names.length) return null;
  const found = rows.map(([, said = ''], index): Assertion | null => {
    const bound = figureOf(said.replace(/[`*]/g, ''));
    return bound && { type: 'column', column: figure, quantifier: 'every', ...bound, where: { column: label, value: names[index] ?? '' } };
  });
  return found.every((one) => one !== null) ? found : null;
}
