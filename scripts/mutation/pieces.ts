import { sqlTokens } from '../../src/guide/sql-tokens.js';

/** A lexical piece of a statement that is neither space nor comment; `word` is its text in upper case. */
export interface Piece { text: string; word: string; start: number; end: number; kind: string; depth: number }

/** The pieces of a statement, each with the number of brackets around it. */
export function piecesOf(sql: string): Piece[] {
  const found: Piece[] = [];
  let depth = 0;
  for (const { kind, start, end } of sqlTokens(sql)) {
    if (kind === 'space' || kind === 'comment' || kind === 'block-comment') continue;
    const text = sql.slice(start, end);
    if (text === ')') depth -= 1;
    found.push({ text, word: kind === 'identifier' || kind === 'string' ? text : text.toUpperCase(), start, end, kind, depth });
    if (text === '(') depth += 1;
  }
  return found;
}

/** Index of the first run of these words outside all brackets, from `from` on; -1 where there is none. */
export function find(pieces: readonly Piece[], words: string, from = 0): number {
  const wanted = words.split(' ');
  return pieces.findIndex((piece, index) => index >= from && piece.depth === 0 && wanted.every((word, offset) => pieces[index + offset]?.word === word));
}

/** Index of the bracket that closes the one at `open`. */
export function closing(pieces: readonly Piece[], open: number): number {
  return pieces.findIndex((piece, index) => index > open && piece.text === ')' && piece.depth === pieces[open]?.depth);
}

/** A stretch of pieces, by index; the end is not part of it. */
export interface Span { from: number; to: number }

/** Cuts a stretch at the commas of its own depth. */
export function listed(pieces: readonly Piece[], { from, to }: Span): Span[] {
  const depth = pieces[from]?.depth;
  const commas = pieces.flatMap((piece, index) => (index >= from && index < to && piece.text === ',' && piece.depth === depth ? [index] : []));
  return [from - 1, ...commas].map((before, index) => ({ from: before + 1, to: commas[index] ?? to })).filter((one) => one.to > one.from);
}

/** Text of a stretch. */
export function textOf(sql: string, pieces: readonly Piece[], { from, to }: Span): string {
  return sql.slice(pieces[from]?.start ?? 0, pieces[to - 1]?.end ?? 0);
}

/** The statement with a stretch replaced; an empty stretch is inserted before. */
export function replaced(sql: string, pieces: readonly Piece[], { from, to }: Span, by: string): string {
  const start = pieces[from]?.start ?? sql.length;
  const end = to > from ? pieces[to - 1]?.end ?? sql.length : start;
  return `${sql.slice(0, start)}${by}${sql.slice(end)}`;
}

/** The statement without each member of a list in turn, where the list has several. */
export function withoutEach(sql: string, pieces: readonly Piece[], span: Span): { gone: string; sql: string }[] {
  const members = listed(pieces, span);
  if (members.length < 2) return [];
  const texts = members.map((one) => textOf(sql, pieces, one));
  return texts.map((gone, index) => ({ gone, sql: replaced(sql, pieces, span, texts.filter((_, other) => other !== index).join(', ')) }));
}
