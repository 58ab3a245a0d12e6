import type { Change, Kind } from './mutant.js';
import { closing, find, listed, piecesOf, replaced, textOf, type Piece, type Span } from './pieces.js';

/** What a mark in a column's definition begins, and of which kind a change to it is. */
const MARKS: readonly [string, Kind][] = [['NOT NULL', 'constraint'], ['DEFAULT', 'constraint'], ['UNIQUE', 'index'], ['PRIMARY KEY', 'index'], ['REFERENCES', 'constraint'], ['CHECK', 'constraint']];
const TABLE_RULES: readonly [string, Kind][] = [['PRIMARY KEY', 'index'], ['UNIQUE', 'index'], ['EXCLUDE', 'index'], ['CHECK', 'constraint'], ['FOREIGN KEY', 'constraint']];

/** Ways to break CREATE TABLE and ALTER TABLE: without one constraint, default, key, reference or sub-command. */
export function tableChanges(sql: string): Change[] {
  const pieces = piecesOf(sql);
  const creates = pieces[0]?.word === 'CREATE';
  const open = pieces.findIndex((piece) => piece.text === '(');
  if (creates && (open < 0 || find(pieces, 'PARTITION OF') >= 0)) return [];
  const span = creates ? { from: open + 1, to: closing(pieces, open) } : { from: firstCommand(pieces), to: pieces.length };
  const elements = listed(pieces, span);
  const changes: Change[] = [];
  for (const element of elements) {
    const start = pieces[element.from];
    const rule = TABLE_RULES.find(([words]) => wordsIn(pieces, element, words) >= 0);
    const isRule = start !== undefined && (start.word === 'CONSTRAINT' || TABLE_RULES.some(([words]) => words.split(' ')[0] === start.word));
    if (creates && isRule && rule) changes.push({ kind: rule[1], change: `without ${label(sql, pieces, element)}`, tries: [without(sql, pieces, span, element)] });
    if (!creates && elements.length > 1) changes.push({ kind: rule?.[1] ?? 'table', change: `without ${label(sql, pieces, element)}`, tries: [without(sql, pieces, span, element)] });
    if (!isRule && (creates || wordsIn(pieces, element, 'ADD CONSTRAINT') < 0)) changes.push(...columnChanges(sql, pieces, element));
  }
  return changes;
}

function columnChanges(sql: string, pieces: readonly Piece[], element: Span): Change[] {
  const name = pieces[element.from]?.word === 'ADD' ? pieces[element.from + 2]?.text : pieces[element.from]?.text;
  const marks = MARKS.flatMap(([words, kind]) => {
    const at = wordsIn(pieces, element, words);
    return at < 0 ? [] : [{ words, kind, at: pieces[at - 2]?.word === 'CONSTRAINT' ? at - 2 : at }];
  }).sort((a, b) => a.at - b.at);
  return marks.flatMap(({ words, kind, at }, index): Change[] => {
    const to = marks[index + 1]?.at ?? element.to;
    const change: Change = { kind, change: `${name ?? ''} without ${words}`, tries: [replaced(sql, pieces, { from: at, to }, '')] };
    const action = wordsIn(pieces, { from: at, to }, 'ON DELETE');
    return action < 0 ? [change] : [change, { kind, change: `${name ?? ''} without ${textOf(sql, pieces, { from: action, to })}`, tries: [replaced(sql, pieces, { from: action, to }, '')] }];
  });
}

/** ALTER TABLE [IF EXISTS] [ONLY] name: index of what follows. */
function firstCommand(pieces: readonly Piece[]): number {
  let at = 2;
  while (['IF', 'EXISTS', 'ONLY'].includes(pieces[at]?.word ?? '')) at += 1;
  at += 1;
  while (pieces[at]?.text === '.') at += 2;
  return at;
}

function wordsIn(pieces: readonly Piece[], { from, to }: Span, words: string): number {
  const wanted = words.split(' ');
  const depth = pieces[from]?.depth;
  return pieces.findIndex((piece, index) => index >= from && index < to && piece.depth === depth && wanted.every((word, offset) => pieces[index + offset]?.word === word));
}

function without(sql: string, pieces: readonly Piece[], span: Span, element: Span): string {
  const rest = listed(pieces, span).filter((one) => one.from !== element.from).map((one) => textOf(sql, pieces, one));
  return replaced(sql, pieces, span, rest.join(',\n'));
}

function label(sql: string, pieces: readonly Piece[], element: Span): string {
  return textOf(sql, pieces, element).replace(/\s+/g, ' ').slice(0, 60);
}
