import { EXIT, messageOf, ProblemError } from '../text/problem.js';

/** Settings by libpq's keywords. */
export type Settings = Record<string, string | undefined>;

/** Keywords that are understood, and those that may stand there and change nothing here. */
const KNOWN = new Set([
  'host', 'hostaddr', 'port', 'dbname', 'user', 'password', 'passfile', 'service', 'servicefile', 'options', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword', 'sslcrl', 'connect_timeout',
]);
const HARMLESS = new Set([
  'application_name', 'fallback_application_name', 'client_encoding', 'keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout', 'sslcompression', 'sslsni', 'sslcertmode',
  'krbsrvname', 'gsslib', 'gssdelegation', 'load_balance_hosts', 'sslnegotiation', 'ssl_max_protocol_version', 'min_protocol_version', 'max_protocol_version',
  // Prisma, Supabase and others put their own into URLs.
  'schema', 'pgbouncer', 'connection_limit', 'pool_timeout', 'statement_cache_size', 'supa', 'workaround', 'uselibpqcompat',
]);

/** Demands on the connection, and what of them asks for no more than holds here anyway (no TLS before 1.2 is spoken). */
const DEMANDS = new Set(['channel_binding', 'gssencmode', 'require_auth', 'target_session_attrs', 'replication', 'requirepeer', 'sslcrldir', 'ssl_min_protocol_version']);
const HELD = new Set(['', 'prefer', 'disable', 'any', 'read-write', 'primary', 'TLSv1', 'TLSv1.1', 'TLSv1.2']);

/** An unreadable target: never holds the text itself, for a password may stand in it. */
export function bad(what: string, remedy: string): ProblemError {
  return new ProblemError({ code: 'connection-unreadable', what: `The target cannot be read: ${what}.`, where: '--database, DATABASE_URL or PG* variables', remedy }, EXIT.usage);
}

/** Refuses a keyword that is not known: a misspelt `sslmode` would go without TLS unseen. */
export function checked(settings: Settings): Settings {
  for (const name of Object.keys(settings)) {
    if (KNOWN.has(name) || HARMLESS.has(name)) continue;
    if (DEMANDS.has(name)) {
      if (HELD.has(settings[name] ?? '')) continue;
      throw bad(`${name}=${settings[name]} cannot be held here`, `Leave ${name} out.`);
    }
    throw bad(`"${name.slice(0, 40)}" is no connection setting`, 'See the PostgreSQL manual, "Parameter Key Words", for the names.');
  }
  return settings;
}

/** Reads a URL or a `key=value` text. Throws a ProblemError (exit 2). */
export function readConnectionText(text: string): Settings {
  if (/^postgres(?:ql)?:\/\//.test(text)) return checked(fromUrl(text));
  if (!text.includes('=')) throw bad('it is neither a URL nor key=value pairs', 'Write postgresql://USER@HOST:PORT/DATABASE.');
  return checked(fromPairs(text));
}

function fromPairs(text: string): Settings {
  const pair = /\s*(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s\\']|\\.)*))(?=\s|$)/gy;
  const settings: Settings = {};
  let at = 0;
  while (text.slice(at).trim() !== '') {
    pair.lastIndex = at;
    const match = pair.exec(text);
    if (!match) throw bad('the key=value pairs are malformed', "Quote values that hold spaces: password='two words'.");
    settings[match[1] ?? ''] = (match[2] ?? match[3] ?? '').replace(/\\(.)/g, '$1');
    at = pair.lastIndex;
  }
  return settings;
}

function fromUrl(text: string): Settings {
  const encoded = 'Write postgresql://USER@HOST:PORT/DATABASE, special characters percent-encoded (`@` is %40, `/` %2F, `?` %3F, `#` %23).';
  const [, rest = ''] = /^\w+:\/\/([\s\S]*)$/.exec(text) ?? [];
  const [place = '', query = ''] = cut(rest, '?');
  if (/[#\s]/.test(text) || query.includes('@')) throw bad('the URL holds a character that must be percent-encoded', encoded);
  const [authority = '', database = ''] = cut(place, '/');
  // The last @ ends the password: one before it may stand there unencoded.
  const at = authority.lastIndexOf('@');
  if (database.includes('@')) throw bad('the URL holds a character that must be percent-encoded', encoded);
  const [user = '', password] = cut(authority.slice(0, Math.max(0, at)), ':');
  const server = authority.slice(at + 1);
  const [, six, name = '', port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(server) ?? [];
  if (six === undefined && server !== '' && name === '' && port === undefined) throw bad('host and port of the URL are malformed', encoded);
  try {
    const decoded = (value: string | undefined): string | undefined => (value === undefined || value === '' ? undefined : decodeURIComponent(value));
    const named: Settings = Object.fromEntries(query === '' ? [] : query.split('&').map((part) => { const [key = '', value = ''] = cut(part, '='); return [decodeURIComponent(key), decodeURIComponent(value)]; }));
    if (named.ssl === 'true') named.sslmode ??= 'require';
    delete named.ssl;
    return { host: decoded(six ?? name), port: decoded(port), user: decoded(user), password: decoded(password), dbname: decoded(database), ...named };
  } catch (error) {
    throw bad(`the URL is malformed (${messageOf(error).slice(0, 40)})`, encoded);
  }
}

/** A text before and after the first of a mark. */
function cut(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
