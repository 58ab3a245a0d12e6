import { CONNECTION_KEYWORDS } from '../text/connection-keywords.js';
import { bad, isConnectionUrl, piecesOf } from '../text/connection-pieces.js';
import { nearest } from '../text/nearest.js';

/** Settings by libpq's keywords. */
export type Settings = Record<string, string | undefined>;

/** Refuses a keyword that is not known: a misspelt `sslmode` would go without TLS unseen. */
export function checked(settings: Settings): Settings {
  // `ssl` is a word of URLs, where it was read already.
  const unknown = Object.keys(settings).find((name) => name === 'ssl' || !CONNECTION_KEYWORDS.has(name));
  if (unknown === undefined) return settings;
  // The word itself is not shown: it may be the rest of a password.
  const meant = nearest(unknown, CONNECTION_KEYWORDS);
  throw bad('it has a keyword that is no connection setting', `${meant === null ? '' : `Did you mean ${meant}? `}See the PostgreSQL manual, "Parameter Key Words", for the names.`);
}

/** Reads a URL, a `key=value` text or the name of a database. Throws a ProblemError (exit 2). */
export function readConnectionText(text: string): Settings {
  if (isConnectionUrl(text) || text.includes('=')) return checked(Object.fromEntries(piecesOf(text).map(({ key, value }) => modern(key, value, text))));
  // What looks like a mistyped URL may hold a password.
  if (/[\s:/@]|^$/.test(text)) throw bad('it is neither a URL nor key=value pairs nor a name', 'Write postgresql://USER@HOST:PORT/DATABASE.');
  return { dbname: text };
}

/** A setting under the name that it has today: JDBC's `ssl`, of URLs alone, and libpq's own `requiressl`. */
function modern(key: string, value: string, text: string): [string, string] {
  if (key === 'ssl' && isConnectionUrl(text)) {
    if (value === 'true') return ['sslmode', 'require'];
    throw bad('ssl of a URL can only be true', 'Say with sslmode what is meant.');
  }
  if (key === 'requiressl') return ['sslmode', value.startsWith('1') ? 'require' : 'prefer'];
  return [key, value];
}
