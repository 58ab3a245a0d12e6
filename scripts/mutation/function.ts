import type { Change } from './mutant.js';
import { find, piecesOf, replaced, type Piece } from './pieces.js';

/** Ways to break CREATE FUNCTION: body, search_path, whose rights, volatility. */
export function functionChanges(sql: string): Change[] {
  const pieces = piecesOf(sql);
  const changes: Change[] = [];
  const body = pieces.findIndex((piece, index) => piece.kind === 'dollar' && pieces[index - 1]?.word === 'AS');
  const trigger = find(pieces, 'RETURNS TRIGGER') >= 0;
  const many = find(pieces, 'RETURNS TABLE') >= 0 || find(pieces, 'RETURNS SETOF') >= 0;
  const nothing = many || find(pieces, 'RETURNS VOID') >= 0 ? 'RETURN;' : 'RETURN NULL;';
  const empty = (what: string): string => inPlpgsql(replaced(sql, pieces, { from: body, to: body + 1 }, `$empty$ BEGIN ${what} END $empty$`));
  if (body >= 0) {
    changes.push({ change: nothing === 'RETURN;' ? 'returns nothing' : 'returns NULL', tries: [empty(nothing)] });
    if (trigger) changes.push({ change: 'does nothing', tries: [empty("IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;")] });
  }
  const path = pathOf(pieces, find(pieces, 'SET SEARCH_PATH'));
  if (path) changes.push({ change: 'without its search_path', tries: [replaced(sql, pieces, path, '')] });
  const definer = find(pieces, 'SECURITY DEFINER');
  const invoker = find(pieces, 'SECURITY INVOKER');
  if (definer >= 0) changes.push({ change: "with the caller's rights", tries: [replaced(sql, pieces, { from: definer, to: definer + 2 }, 'SECURITY INVOKER')] });
  else if (invoker >= 0) changes.push({ change: "with its owner's rights", tries: [replaced(sql, pieces, { from: invoker, to: invoker + 2 }, 'SECURITY DEFINER')] });
  else changes.push({ change: "with its owner's rights", tries: [`${sql} SECURITY DEFINER`] });
  const steady = pieces.findIndex((piece) => piece.depth === 0 && ['STABLE', 'IMMUTABLE'].includes(piece.word));
  if (steady >= 0) changes.push({ change: 'volatile', tries: [replaced(sql, pieces, { from: steady, to: steady + 1 }, 'VOLATILE')] });
  return changes;
}

/** Ways to break ALTER FUNCTION … SET search_path: without pg_temp at its end, temporary tables come first. */
export function alterFunctionChanges(sql: string): Change[] {
  const pieces = piecesOf(sql);
  const path = pathOf(pieces, find(pieces, 'SET SEARCH_PATH'));
  return path ? [{ change: 'search_path without pg_temp', tries: [replaced(sql, pieces, path, 'SET search_path = pg_catalog, public')] }] : [];
}

function inPlpgsql(sql: string): string {
  const pieces = piecesOf(sql);
  const language = find(pieces, 'LANGUAGE');
  return language < 0 ? sql : replaced(sql, pieces, { from: language + 1, to: language + 2 }, 'plpgsql');
}

/** `SET search_path = a, b`: from SET to its last value. */
function pathOf(pieces: readonly Piece[], from: number): { from: number; to: number } | null {
  if (from < 0) return null;
  let to = from + 4;
  while (pieces[to]?.text === ',') to += 2;
  return { from, to };
}
