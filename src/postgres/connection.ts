import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ClientConfig } from 'pg';
import { parse as parseUrl } from 'pg-connection-string';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';

/** How to reach a database. `tls` is libpq's sslmode. */
export interface ConnectionSpec {
  host: string;
  port: number;
  user: string;
  password: string | null;
  database: string;
  tls: TlsMode;
  certificates: { root: string | null; cert: string | null; key: string | null };
  /** Server settings, as in PGOPTIONS. */
  options: string | null;
}

const TLS_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

type Settings = Record<string, string | undefined>;

/**
 * The target that libpq would use: a URL or `key=value` string first, then the
 * service of PGSERVICE, then PG* variables, then defaults; the password last
 * from the password file. Throws a ProblemError (exit 2) for what cannot be read.
 */
export async function resolveConnection({ url, env }: { url?: string; env: NodeJS.ProcessEnv }): Promise<ConnectionSpec> {
  const named = url === undefined ? {} : fromText(url);
  const service = named.service ?? env.PGSERVICE;
  const layers: Settings[] = [named, service ? fromService(service, env) : {}, fromEnvironment(env)];
  const pick = (name: string): string | undefined => layers.map((layer) => layer[name]).find((value) => value !== undefined && value !== '');
  const user = pick('user') ?? env.USER ?? 'postgres';
  const tls = pick('sslmode') ?? 'prefer';
  if (!TLS_MODES.includes(tls as TlsMode)) throw bad(`sslmode "${tls}" is not known`, `Use one of ${TLS_MODES.join(', ')}.`);
  const port = Number(pick('port') ?? 5432);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw bad(`the port "${pick('port')}" is not a port`, 'Give a number from 1 to 65535.');
  const spec: ConnectionSpec = {
    host: pick('host') ?? (existsSync('/var/run/postgresql') ? '/var/run/postgresql' : 'localhost'), port, user, database: pick('dbname') ?? user,
    password: pick('password') ?? null, tls: tls as TlsMode, options: pick('options') ?? null,
    certificates: { root: pick('sslrootcert') ?? null, cert: pick('sslcert') ?? null, key: pick('sslkey') ?? null },
  };
  return spec.password === null ? { ...spec, password: await fromPasswordFile(spec, pick('passfile')) } : spec;
}

function bad(what: string, remedy: string): ProblemError {
  return new ProblemError({ code: 'connection-unreadable', what: `The target cannot be read: ${what}.`, where: '--database, DATABASE_URL or PG* variables', remedy }, EXIT.usage);
}

function fromText(text: string): Settings {
  if (!/^postgres(ql)?:\/\//.test(text)) {
    if (!text.includes('=')) throw bad('it is neither a URL nor key=value pairs', 'Write postgresql://USER@HOST:PORT/DATABASE.');
    return Object.fromEntries([...text.matchAll(/(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S+))/g)].map(([, key, quoted, bare]) => [key, quoted?.replace(/\\(.)/g, '$1') ?? bare]));
  }
  try {
    // File contents are read later, by us: libpq's names stay names here.
    const query = new URLSearchParams(text.split('?')[1] ?? '');
    const parsed = parseUrl(text.split('?')[0] ?? '');
    return {
      ...Object.fromEntries(query),
      host: query.get('host') ?? parsed.host ?? undefined, port: query.get('port') ?? parsed.port ?? undefined, user: query.get('user') ?? parsed.user,
      password: query.get('password') ?? parsed.password, dbname: query.get('dbname') ?? parsed.database ?? undefined,
    };
  } catch (error) {
    throw bad(`the URL is malformed (${messageOf(error).replace(text, '…')})`, 'Write postgresql://USER@HOST:PORT/DATABASE, special characters percent-encoded.');
  }
}

function fromEnvironment(env: NodeJS.ProcessEnv): Settings {
  return {
    host: env.PGHOST, port: env.PGPORT, user: env.PGUSER, password: env.PGPASSWORD, dbname: env.PGDATABASE, sslmode: env.PGSSLMODE,
    sslrootcert: env.PGSSLROOTCERT, sslcert: env.PGSSLCERT, sslkey: env.PGSSLKEY, options: env.PGOPTIONS, passfile: env.PGPASSFILE,
  };
}

/** A section of the connection service file (libpq: "The Connection Service File"). */
function fromService(name: string, env: NodeJS.ProcessEnv): Settings {
  const paths = [env.PGSERVICEFILE ?? join(homedir(), '.pg_service.conf'), ...(env.PGSYSCONFDIR ? [join(env.PGSYSCONFDIR, 'pg_service.conf')] : [])];
  for (const path of paths) {
    if (!existsSync(path)) continue;
    let section = '';
    let found = false;
    const settings: Settings = {};
    for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
      const trimmed = line.trim();
      const head = /^\[(.+)\]$/.exec(trimmed);
      if (head) { section = head[1] ?? ''; found ||= section === name; continue; }
      const cut = trimmed.indexOf('=');
      if (section === name && cut > 0 && !trimmed.startsWith('#')) settings[trimmed.slice(0, cut).trim()] = trimmed.slice(cut + 1).trim();
    }
    if (found) return settings;
  }
  throw bad(`there is no service "${name}"`, `Define it in ${paths[0]}.`);
}

async function fromPasswordFile(spec: ConnectionSpec, passfile: string | undefined): Promise<string | null> {
  const path = passfile ?? join(homedir(), '.pgpass');
  if (!existsSync(path)) return null;
  const wanted = [spec.host.startsWith('/') ? 'localhost' : spec.host, String(spec.port), spec.database, spec.user];
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
    if (line.startsWith('#') || line === '') continue;
    const fields = line.split(/(?<!\\):/).map((field) => field.replace(/\\(.)/g, '$1'));
    if (fields.length >= 5 && wanted.every((value, index) => fields[index] === '*' || fields[index] === value)) return fields.slice(4).join(':');
  }
  return null;
}

/** Settings for the driver; certificates are read now. `tls` false: a second try of mode `prefer`. */
export function driverConfig(spec: ConnectionSpec, applicationName: string, tls = spec.tls !== 'disable' && spec.tls !== 'allow'): ClientConfig {
  const socket = spec.host.startsWith('/');
  return {
    host: spec.host, port: spec.port, user: spec.user, database: spec.database, application_name: applicationName, keepAlive: true, connectionTimeoutMillis: 15_000,
    ...(spec.password === null ? {} : { password: spec.password }),
    ...(spec.options === null ? {} : { options: spec.options }),
    ssl: socket || !tls ? false : {
      rejectUnauthorized: spec.tls === 'verify-ca' || spec.tls === 'verify-full',
      ...(spec.tls === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
      ...(spec.certificates.root ? { ca: readFileSync(spec.certificates.root, 'utf8') } : {}),
      ...(spec.certificates.cert ? { cert: readFileSync(spec.certificates.cert, 'utf8') } : {}),
      ...(spec.certificates.key ? { key: readFileSync(spec.certificates.key, 'utf8') } : {}),
    },
  };
}

/** `host:port` or the socket, without credentials. */
export function serverName(spec: ConnectionSpec): string {
  return spec.host.startsWith('/') ? `${spec.host}/.s.PGSQL.${spec.port}` : `${spec.host}:${spec.port}`;
}

/** The target as an URL without its password, for messages. */
export function safeUrl(spec: ConnectionSpec): string {
  return `postgresql://${spec.user}@${serverName(spec)}/${spec.database}`;
}
