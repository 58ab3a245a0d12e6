import type { Change } from './mutant.js';
import { closing, find, listed, piecesOf, replaced, textOf } from './pieces.js';
import { nameEnd } from './trigger.js';

/** Ways to break CREATE INDEX: column, uniqueness, condition, payload, order, method. `columns` gives those of a table. */
export function indexChanges(sql: string, columns: (table: string) => readonly string[]): Change[] {
  const pieces = piecesOf(sql);
  const changes: Change[] = [];
  const unique = find(pieces, 'UNIQUE');
  if (unique >= 0) changes.push({ change: 'not unique', tries: [replaced(sql, pieces, { from: unique, to: unique + 1 }, '')] });
  const on = find(pieces, 'ON');
  const end = nameEnd(pieces, on + 1);
  const open = pieces.findIndex((piece, index) => index >= end && piece.text === '(' && piece.depth === 0);
  const keys = { from: open + 1, to: closing(pieces, open) };
  const table = textOf(sql, pieces, { from: on + 1, to: end }).replaceAll('"', '');
  const first = listed(pieces, keys)[0];
  const used = new Set(pieces.slice(keys.from, keys.to).map((piece) => piece.text));
  const others = columns(table).filter((column) => !used.has(column));
  if (first && others.length > 0) changes.push({ change: 'on another column', tries: others.map((column) => replaced(sql, pieces, first, `"${column}"`)) });
  for (const { gone, sql: less } of listed(pieces, keys).length < 2 ? [] : [{ gone: 'its last column', sql: replaced(sql, pieces, keys, listed(pieces, keys).slice(0, -1).map((one) => textOf(sql, pieces, one)).join(', ')) }]) {
    changes.push({ change: `without ${gone}`, tries: [less] });
  }
  const where = find(pieces, 'WHERE');
  if (where >= 0) changes.push({ change: 'without its condition', tries: [replaced(sql, pieces, { from: where, to: pieces.length }, '')] });
  const include = find(pieces, 'INCLUDE (');
  if (include >= 0) changes.push({ change: 'without INCLUDE', tries: [replaced(sql, pieces, { from: include, to: closing(pieces, include + 1) + 1 }, '')] });
  const order = pieces.findIndex((piece, index) => index > open && index < keys.to && piece.word === 'DESC');
  if (order >= 0) changes.push({ change: 'in the other order', tries: [replaced(sql, pieces, { from: order, to: order + 1 }, '')] });
  const using = find(pieces, 'USING');
  if (using >= 0) changes.push({ change: 'by another method', tries: ['btree', 'hash', 'gin', 'brin'].filter((one) => one.toUpperCase() !== pieces[using + 1]?.word).map((one) => replaced(sql, pieces, { from: using + 1, to: using + 2 }, one)) });
  return changes;
}
