/** One lexical piece of SQL text; offsets are UTF-16 code units, end exclusive. */
export interface SqlToken {
  kind: 'space' | 'comment' | 'block-comment' | 'string' | 'identifier' | 'dollar' | 'word' | 'symbol';
  start: number;
  end: number;
}

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const NUMBER = /\d[\w.]*/y;
const DOLLAR = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const SPACE = /\s+/y;
const COMMENT = /--[^\n]*/y;

/** Where a sticky pattern that matches at an offset ends, or -1. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/**
 * The token that starts at an offset of SQL text, by PostgreSQL's lexical rules:
 * nested block comments, doubled and (in E'…') escaped quotes, dollar quotes.
 * Never fails: an unclosed quote runs to the end. `at` must lie in the text.
 */
export function tokenAt(text: string, at: number): SqlToken {
  const char = text[at] ?? '';
  let kind: SqlToken['kind'] = 'symbol';
  let end: number;
  if ((end = endOf(SPACE, text, at)) > 0) kind = 'space';
  else if (char === '-' && (end = endOf(COMMENT, text, at)) > 0) kind = 'comment';
  else if (char === '/' && text[at + 1] === '*') [kind, end] = ['block-comment', endOfBlockComment(text, at)];
  else if (char === "'") [kind, end] = ['string', endOfQuote(text, at, "'", false)];
  else if (char === '"') [kind, end] = ['identifier', endOfQuote(text, at, '"', false)];
  else if (char === '$' && (end = endOf(DOLLAR, text, at)) > 0) {
    const close = text.indexOf(text.slice(at, end), end);
    [kind, end] = ['dollar', close === -1 ? text.length : close + (end - at)];
  } else if ((end = endOf(WORD, text, at)) > 0) {
    kind = 'word';
    if (text[end] === "'" && end - at <= 2 && /^(?:[eE]|[bBnNxX]|[uU]&?)$/.test(text.slice(at, end))) [kind, end] = ['string', endOfQuote(text, end, "'", /e/i.test(char))];
  } else if ((end = endOf(NUMBER, text, at)) > 0) kind = 'word';
  else end = at + 1;
  return { kind, start: at, end };
}

/** Cuts SQL into tokens, one after the other, as they are asked for; see {@link tokenAt}. */
export function* sqlTokens(text: string): Generator<SqlToken> {
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    yield token;
    at = token.end;
  }
}

function endOfQuote(text: string, from: number, quote: string, escapes: boolean): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (escapes && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return text.length;
}

function endOfBlockComment(text: string, from: number): number {
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = from;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

/** A stretch of text: offsets, end exclusive. */
export interface Range {
  start: number;
  end: number;
}

/**
 * Statements by their semicolons, for text that PostgreSQL's grammar refuses as a
 * whole: without comments and space around, without the semicolon. `BEGIN ATOMIC … END`
 * bodies are kept whole.
 */
export function splitBySemicolon(text: string): Range[] {
  const ranges: Range[] = [];
  let range: Range | null = null;
  let atomic = 0;
  let before = '';
  let depth = 0;
  for (const token of sqlTokens(text)) {
    if (token.kind === 'space' || token.kind === 'comment' || token.kind === 'block-comment') continue;
    const piece = text.slice(token.start, token.end);
    if (piece === '(') depth += 1;
    if (piece === ')') depth = Math.max(0, depth - 1);
    const word = token.kind === 'word' ? piece.toUpperCase() : piece;
    if (word === 'ATOMIC' && before === 'BEGIN') atomic = 1;
    else if (atomic > 0 && word === 'CASE') atomic += 1;
    else if (atomic > 0 && word === 'END') atomic -= 1;
    if (piece === ';' && atomic === 0) {
      if (range) ranges.push(range);
      range = null;
      depth = 0;
    } else {
      range ??= { start: token.start, end: token.end };
      range.end = token.end;
    }
    before = word;
  }
  if (range) ranges.push(range);
  return ranges;
}
