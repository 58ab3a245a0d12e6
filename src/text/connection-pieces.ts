import { EXIT, ProblemError } from './problem.js';

/** A setting of a connection text; its value stands there from `from` to `to`. */
export interface Piece { key: string; value: string; from: number; to: number }

/** An unreadable target: never holds the text itself, for a password may stand in it. */
export function bad(what: string, remedy: string): ProblemError {
  return new ProblemError({ code: 'connection-unreadable', what: `The target cannot be read: ${what}.`, where: '--database, DATABASE_URL or PG* variables', remedy }, EXIT.usage);
}

export function isConnectionUrl(text: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(text);
}

/** Settings of a URL or a `key=value` text in their order. Throws a ProblemError (exit 2) for what cannot be read. */
export function piecesOf(text: string): Piece[] {
  return isConnectionUrl(text) ? ofUrl(text) : ofPairs(text);
}

/** As libpq's own parser: a value ends at a blank, or at its closing quote; a backslash takes the meaning from what follows. */
function ofPairs(text: string): Piece[] {
  const pair = /[ \t-\r]*([^ \t-\r=]+)[ \t-\r]*=[ \t-\r]*(?:'((?:[^'\\]|\\[\s\S])*)'|(?!')((?:[^ \t-\r\\]|\\[\s\S]?)*))/gy;
  const pieces: Piece[] = [];
  let at = 0;
  while (/[^ \t-\r]/.test(text.slice(at))) {
    pair.lastIndex = at;
    const match = pair.exec(text);
    if (!match) throw bad('the key=value pairs are malformed', "Quote values that hold spaces: password='two words'.");
    at = pair.lastIndex;
    const raw = match[2] === undefined ? match[3] ?? '' : `'${match[2]}'`;
    pieces.push({ key: match[1] ?? '', value: (match[2] ?? match[3] ?? '').replace(/\\([\s\S]?)/g, '$1'), from: at - raw.length, to: at });
  }
  return pieces;
}

const ENCODED = 'Write postgresql://USER@HOST:PORT/DATABASE, special characters percent-encoded (`@` is %40, `/` %2F, `?` %3F, `#` %23).';

function ofUrl(text: string): Piece[] {
  const start = text.indexOf('//') + 2;
  const end = found(text, '?', start, text.length);
  const authorityEnd = found(text, '/', start, end);
  // The last @ ends the password: one before it may stand there unencoded.
  if (/[#\s]/.test(text) || text.includes('@', authorityEnd)) throw bad('the URL holds a character that must be percent-encoded', ENCODED);
  const userEnd = Math.max(start, text.lastIndexOf('@', authorityEnd));
  const passwordAt = found(text, ':', start, userEnd);
  const serverAt = text[userEnd] === '@' ? userEnd + 1 : start;
  const server = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(text.slice(serverAt, authorityEnd));
  if (!server) throw bad('host and port of the URL are malformed', ENCODED);
  const [, six, name = '', port = ''] = server;
  const hostAt = serverAt + (six === undefined ? 0 : 1);
  const places: [string, number, number][] = [
    ['user', start, passwordAt], ['password', passwordAt + 1, userEnd], ['host', hostAt, hostAt + (six ?? name).length], ['port', authorityEnd - port.length, authorityEnd], ['dbname', authorityEnd + 1, end],
  ];
  return [
    ...places.filter(([, from, to]) => from < to).map(([key, from, to]) => ({ key, value: decoded(text.slice(from, to)), from, to })),
    ...ofQuery(text, end + 1),
  ];
}

function ofQuery(text: string, start: number): Piece[] {
  const pieces: Piece[] = [];
  for (let from = start; from < text.length;) {
    const to = found(text, '&', from, text.length);
    const equals = found(text, '=', from, to);
    if (equals === to) throw bad('a parameter of the URL has no value', 'Write NAME=VALUE, parameters apart by `&`.');
    pieces.push({ key: decoded(text.slice(from, equals)), value: decoded(text.slice(equals + 1, to)), from: equals + 1, to });
    from = to + 1;
  }
  return pieces;
}

/** Where a mark stands from `from` on, or `end` where it does not stand before that. */
function found(text: string, mark: string, from: number, end: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 || at > end ? end : at;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw bad('the percent-encoding of the URL is malformed', ENCODED);
  }
}
