import { hasSqlDetails, loadModule, parseSync } from 'libpg-query';
import { editDistance } from '../text/nearest.js';
import { setEngine } from './engine-flags.js';
import { findSlots, maskSlots } from './parameters.js';
import { splitBySemicolon, sqlTokens, tokenAt, type Range } from './sql-tokens.js';

/** A parse-tree node as libpg-query gives it. */
export type Node = Record<string, unknown>;

/** One statement of a text: offsets of its own text (no comments around, no semicolon) and its parse tree. */
export interface Parsed extends Range {
  node: Node;
}
export interface SyntaxFault extends Range {
  message: string;
  /** Offset of the fault in the text. */
  at: number;
}

/** Loads the grammar; once per process, about 30 ms. */
export async function loadGrammar(): Promise<void> {
  setEngine();
  await loadModule();
}

/**
 * Parses SQL with PostgreSQL's grammar. Slots for parameters are masked first.
 * Gives the statements with UTF-16 offsets, or the fault. Call `loadGrammar` before.
 */
export function parseSql(sql: string): Parsed[] | SyntaxFault {
  const start = trimStart(sql, 0);
  if (start >= sql.length) return [];
  const slots = findSlots(sql);
  const masked = slots.length === 0 ? sql : maskSlots(sql, slots);
  const offset = byteOffsets(masked);
  try {
    const tree = parseSync(masked);
    return (tree.stmts ?? []).map((raw) => {
      const from = offset(raw.stmt_location ?? 0);
      const to = raw.stmt_len === undefined || raw.stmt_len === 0 ? sql.length : offset((raw.stmt_location ?? 0) + raw.stmt_len);
      return { ...trim(sql, from, to), node: raw.stmt as Node };
    });
  } catch (thrown) {
    // Deep expressions exhaust the stack of the module, which survives it.
    if (!hasSqlDetails(thrown)) return { start, end: sql.length, message: thrown instanceof RangeError ? 'the statement is nested too deeply' : messageOf(thrown), at: start };
    const position = thrown.sqlDetails?.cursorPosition ?? 0;
    return { start, end: sql.length, message: thrown.message, at: Math.min(sql.length, [...masked.slice(0, position * 2 + 2)].slice(0, position).join('').length) };
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Statements of a text that PostgreSQL refuses as a whole: each by itself, those it takes and those it does not; `prose` is what stands between them and is no SQL. */
export function parsePieces(sql: string): { good: Parsed[]; bad: SyntaxFault[]; repaired: boolean; prose: Range[] } {
  const prose: Range[] = [];
  const good: Parsed[] = [];
  const bad: SyntaxFault[] = [];
  let repaired = false;
  const take = (range: Range): SyntaxFault | null => {
    const result = parseSql(sql.slice(range.start, range.end));
    if (Array.isArray(result)) {
      good.push(...result.map((one) => ({ ...one, start: one.start + range.start, end: one.end + range.start })));
      return null;
    }
    return { start: range.start, end: range.end, message: result.message, at: range.start + result.at };
  };
  for (const range of splitBySemicolon(sql)) {
    const fault = take(range);
    if (!fault) continue;
    // A missing semicolon, or a line of prose before the statement.
    const parts = splitByVerb(sql, range);
    const tried = parts.length > 1 && parts.length <= 40 ? parts.map((part) => ({ part, result: parseSql(sql.slice(part.start, part.end)) })) : [];
    const taken = tried.filter(({ result }) => Array.isArray(result));
    if (taken.length > 0 && tried.every(({ part, result }) => Array.isArray(result) || !VERB.test(sql.slice(part.start, part.end)))) {
      repaired = true;
      for (const { part } of taken) take(part);
      prose.push(...tried.flatMap(({ part, result }) => (Array.isArray(result) ? [] : [part])));
    } else bad.push(fault);
  }
  return { good, bad, repaired, prose };
}

const VERBS = (
  'select with insert update delete merge create alter drop grant revoke truncate comment do call explain begin commit rollback start set reset show vacuum analyze reindex refresh '
  + 'cluster copy lock values table notify listen savepoint release security reassign declare fetch close prepare execute deallocate discard checkpoint import end abort load perform'
).split(' ');

/** Words that start a statement of a guide. */
export const VERB = new RegExp(`^(?:${VERBS.join('|')})\\b`, 'i');

/** The word that a statement's mistyped first one was meant to be (`SELEC`, `CRAETE`), or null. Inflected words of prose are none. */
export function meantVerb(text: string): string | null {
  const word = /^[a-z]{4,12}\b/i.exec(text)?.[0].toLowerCase() ?? '';
  const letters = (one: string) => [...one].sort().join('');
  const meant = VERBS.find((verb) => {
    if (verb.length < 5 || word === verb || Math.abs(word.length - verb.length) > 1 || /^(?:s|d|r)$/.test(word.replace(verb, ''))) return false;
    return editDistance(word, verb) === 1 || letters(word) === letters(verb);
  });
  return meant ?? null;
}

function splitByVerb(sql: string, range: Range): Range[] {
  const starts = [range.start];
  let depth = 0;
  let lineStart = true;
  for (const token of sqlTokens(sql.slice(range.start, range.end))) {
    const text = sql.slice(range.start + token.start, range.start + token.end);
    if (token.kind === 'space') lineStart ||= text.endsWith('\n');
    else if (token.kind !== 'comment' && token.kind !== 'block-comment') {
      if (lineStart && depth === 0 && token.start > 0 && token.kind === 'word' && VERB.test(text)) starts.push(range.start + token.start);
      if (text === '(') depth += 1;
      if (text === ')') depth -= 1;
      lineStart = false;
    } else lineStart = false;
    if (token.kind === 'comment' && sql[range.start + token.start - 1] === '\n') lineStart = true;
  }
  return starts.map((start, index) => trim(sql, start, starts[index + 1] ?? range.end));
}

/** Narrows a range to its first and last token that is neither space nor comment. */
function trim(sql: string, from: number, to: number): Range {
  const start = trimStart(sql, from);
  let end = to;
  const tail = sql.slice(start, to);
  if (/[\s]$|--|\*\/$/.test(tail)) {
    end = start;
    for (const token of sqlTokens(tail)) if (token.kind !== 'space' && token.kind !== 'comment' && token.kind !== 'block-comment') end = start + token.end;
  }
  return { start, end };
}

function trimStart(sql: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < sql.length && /\s/.test(sql[at] ?? '')) at += 1;
    if (!(sql.startsWith('--', at) || sql.startsWith('/*', at))) return at;
    at = tokenAt(sql, at).end;
  }
}

/** Converts UTF-8 byte offsets, as libpg-query gives them, to UTF-16 offsets; asked in rising order. */
function byteOffsets(text: string): (byte: number) => number {
  if (/^[\x00-\x7f]*$/.test(text)) return (byte) => Math.min(byte, text.length);
  let units = 0;
  let bytes = 0;
  return (byte) => {
    if (byte < bytes) units = bytes = 0;
    while (bytes < byte && units < text.length) {
      const code = text.codePointAt(units) ?? 0;
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      units += code > 0xffff ? 2 : 1;
    }
    return units;
  };
}
