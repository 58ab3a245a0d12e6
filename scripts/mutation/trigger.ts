import type { Change } from './mutant.js';
import { closing, find, piecesOf, replaced, textOf, type Piece, type Span } from './pieces.js';

const EVENTS = ['INSERT', 'UPDATE', 'DELETE'];

/** Ways to break CREATE TRIGGER: event, time, level, condition, or switched off. */
export function triggerChanges(sql: string): Change[] {
  const pieces = piecesOf(sql);
  const changes: Change[] = [];
  const time = pieces.findIndex((piece) => ['BEFORE', 'AFTER'].includes(piece.word));
  const on = find(pieces, 'ON', time);
  if (time < 0 || on < 0) return changes;
  const events = eventsOf(pieces, { from: time + 1, to: on });
  for (const [index, event] of events.entries()) {
    const word = pieces[event.from]?.word ?? '';
    const rest = events.filter((_, other) => other !== index).map((one) => textOf(sql, pieces, one));
    const others = rest.length > 0 ? [rest.join(' OR ')] : EVENTS.filter((one) => one !== word);
    for (const one of others) changes.push({ change: `on ${one}, not ${textOf(sql, pieces, event)}`, tries: [replaced(sql, pieces, { from: time + 1, to: on }, one)] });
    if (event.to - event.from > 1) changes.push({ change: `on every ${word}`, tries: [replaced(sql, pieces, event, word)] });
  }
  changes.push({ change: pieces[time]?.word === 'BEFORE' ? 'AFTER' : 'BEFORE', tries: [replaced(sql, pieces, { from: time, to: time + 1 }, pieces[time]?.word === 'BEFORE' ? 'AFTER' : 'BEFORE')] });
  const level = find(pieces, 'EACH ROW');
  if (level >= 0) changes.push({ change: 'for each statement', tries: [replaced(sql, pieces, { from: level + 1, to: level + 2 }, 'STATEMENT')] });
  const when = find(pieces, 'WHEN (');
  if (when >= 0) changes.push({ change: 'without its condition', tries: [replaced(sql, pieces, { from: when, to: closing(pieces, when + 1) + 1 }, '')] });
  const table = textOf(sql, pieces, { from: on + 1, to: nameEnd(pieces, on + 1) });
  changes.push({ change: 'disabled', tries: [`${sql};\nALTER TABLE ${table} DISABLE TRIGGER ${pieces[time - 1]?.text ?? ''}`] });
  return changes;
}

function eventsOf(pieces: readonly Piece[], { from, to }: Span): Span[] {
  const ors = pieces.flatMap((piece, index) => (index >= from && index < to && piece.word === 'OR' ? [index] : []));
  return [from - 1, ...ors].map((before, index) => ({ from: before + 1, to: ors[index] ?? to }));
}

/** Index behind a name that may be qualified. */
export function nameEnd(pieces: readonly Piece[], from: number): number {
  let at = from + 1;
  while (pieces[at]?.text === '.') at += 2;
  return at;
}
