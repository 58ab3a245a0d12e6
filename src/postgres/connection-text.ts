import { bad, isConnectionUrl, piecesOf } from '../text/connection-pieces.js';
import { nearest } from '../text/nearest.js';
import { DEMANDS } from './connection-demands.js';

/** Settings by libpq's keywords. */
export type Settings = Record<string, string | undefined>;

/** Keywords that are understood, and those that may stand there and change nothing here. */
const KNOWN = [
  'host', 'hostaddr', 'port', 'dbname', 'user', 'password', 'passfile', 'service', 'servicefile', 'options', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword', 'sslcrl', 'connect_timeout',
];
const HARMLESS = [
  'application_name', 'fallback_application_name', 'client_encoding', 'sslcompression', 'sslsni', 'krbsrvname', 'gsslib', 'gssdelegation', 'load_balance_hosts',
  // Prisma, Supabase and others put their own into URLs.
  'schema', 'pgbouncer', 'connection_limit', 'pool_timeout', 'statement_cache_size', 'supa', 'workaround', 'uselibpqcompat',
];
const NAMES = new Set([...KNOWN, ...HARMLESS, ...DEMANDS]);

/** Refuses a keyword that is not known: a misspelt `sslmode` would go without TLS unseen. */
export function checked(settings: Settings): Settings {
  for (const name of Object.keys(settings)) {
    if (NAMES.has(name)) continue;
    // A word that is like no keyword may be the rest of a password: it is not shown.
    const meant = nearest(name, NAMES);
    throw bad(meant === null ? 'it has a keyword that is no connection setting' : `"${name}" is no connection setting`, `${meant === null ? '' : `Did you mean ${meant}? `}See the PostgreSQL manual, "Parameter Key Words", for the names.`);
  }
  return settings;
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
