import type { Assertion } from '../../assertions/assertion.js';
import { literalOf } from './literal.js';
import { readNamed } from './names.js';
import { figureOf } from './ranges.js';
import { hasColumn, isExplain, type StatementShape } from './shape.js';
import { isVague, tableOf } from './tables.js';

/** Words of a header, and columns that they may mean beside those that hold them. */
const MEANS: readonly (readonly [RegExp, RegExp])[] = [
  [/^tables?$/, /^relname$/], [/^(?:rows?|records?|numbers?|totals?|amounts?)$/, /^(?:count|n|cnt|num|total)$|_(?:count|rows|total)$/], [/^counts?$/, /^(?:n|cnt|num|total)$|_(?:rows|total)$/],
  [/^(?:policy|policies)$/, /^polname$/], [/^(?:commands?|operations?|actions?)$/, /^(?:cmd|polcmd)$/], [/^rls(?:enabled|on|active)?$/, /^(?:rel)?rowsecurity$/],
  [/^columns?$/, /^attname$/], [/^functions?$/, /^(?:proname|routine_name)$/], [/^roles?$/, /^(?:rolname|grantee)$/], [/^extensions?$/, /^extname$/], [/^versions?$/, /^(?:extversion|installed_version)$/], [/^triggers?$/, /^tgname$/], [/^constraints?$/, /^conname$/],
];
/** Columns of a guide's own that explain a row. */
const REMARK = /^(?:descriptions?|purposes?|notes?|comments?|remarks?|meanings?|explanations?|details|why|usage|used for|what (?:it|they) (?:does|do)|what (?:it is|they are) for|reason)$/i;

const BEFORE = /\b(?:before|old|previous(?:ly)?|was|were|wrong|bad|earlier|actual|original(?:ly)?)\b/i;

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a header's word is a guide's name for a column: "Policy" for `policyname`. */
function means(header: string, column: string | null): boolean {
  const said = plain(header);
  const own = plain(column ?? '');
  if (said.length < 3 || own === '') return said !== '' && said === own;
  const stem = said.replace(/s$/, '');
  return own === said || (own.length >= 3 && (own.includes(stem) || said.includes(own))) || MEANS.some(([word, name]) => word.test(said) && name.test((column ?? '').toLowerCase()));
}

/** A sign that no statement writes stands for a value: which one, a person tells. */
const isTicked = (cell: string, shape: StatementShape | null): boolean => /^\W*\p{Extended_Pictographic}/u.test(cell) && shape !== null && shape.columns.length > 0 && !shape.columns.includes('*') && shape.texts?.flat().includes(cell.trim()) !== true;

/** A table under a label, whose header may have words of its own: rows of the result, or one row with a line for each of its columns. */
export function readTable(columns: readonly string[], rows: readonly (readonly string[])[], shape: StatementShape | null): Assertion[] | null {
  if (rows.some((row) => row.some((cell) => isTicked(cell, shape)))) return null;
  // What was there before is not what is expected now.
  if (columns.some((name) => BEFORE.test(name) && hasColumn(shape, name.trim()) !== true)) return null;
  const exact = tableOf(columns, rows, shape);
  if (exact) return [exact];
  if (shape === null || !shape.returnsRows || isExplain(shape) || rows.length === 0 || rows.some((row) => row.length !== columns.length)) return null;
  return upright(columns, rows, shape) ?? inWords(columns, rows, shape);
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
