import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { userInfo } from 'node:os';
import type { ClientConfig } from 'pg';
import { bad } from '../text/connection-pieces.js';
import { demandsOf, integer, type Demands } from './connection-demands.js';
import { readConnectionText, type Settings } from './connection-text.js';
import { DEFAULT_SOCKET, passwordFromFile } from './password-file.js';
import { readService } from './service-file.js';
import { resolveTls, tlsOptions, verifies, type TlsSpec } from './tls.js';

export type { TlsMode } from './tls.js';

/** How to reach a database. `tls` is libpq's sslmode as it is held to. */
export interface ConnectionSpec extends TlsSpec {
  host: string;
  /** Address to connect to instead of the host's name, which certificates are still compared with. */
  address: string | null;
  port: number;
  user: string;
  password: string | null;
  database: string;
  /** Server settings, as in PGOPTIONS. */
  options: string | null;
  demands: Demands;
  /** Settings of the session that variables ask for. */
  session: Record<string, string>;
  /** Seconds; 0: as long as the system waits. */
  timeoutSeconds: number;
  /** Where the settings were found, for the log: never their values. */
  sources: string[];
  /** What was found and not used, and why. */
  warnings: string[];
}

const PATIENCE_SECONDS = 15;
/** Longer than a timer can be set for. */
const ENDLESS_SECONDS = 2_147_483;

/**
 * The target that libpq would use: a URL or `key=value` text first, then the
 * service, then PG* variables, then defaults; the password last from the
 * password file. Throws a ProblemError (exit 2) for what cannot be read.
 */
export async function resolveConnection({ url, env }: { url?: string; env: NodeJS.ProcessEnv }): Promise<ConnectionSpec> {
  const named = url === undefined ? {} : readConnectionText(url);
  const name = named.service ?? env.PGSERVICE;
  const service = name ? readService(name, named.servicefile, env) : null;
  const layers: [string, Settings][] = [['the URL', named], [`the service "${name}" in ${service?.path}`, service?.settings ?? {}], ['PG* variables', fromEnvironment(env)]];
  const used = new Map<string, string[]>();
  const pick = (key: string): string | undefined => {
    const found = layers.find(([, layer]) => layer[key] !== undefined);
    if (found && found[1][key] !== '') used.set(found[0], [...new Set([...(used.get(found[0]) ?? []), key])]);
    return found?.[1][key];
  };
  // An empty value hides those of lower layers, and counts as none.
  const given = (key: string): string | undefined => pick(key) || undefined;
  const asked = given('user');
  const user = asked ?? systemUser();
  const port = integer(given('port') ?? '5432', 'the port');
  if (port < 1 || port > 65_535) throw bad('the port is not a number from 1 to 65535', 'Give the port of the server.');
  const address = given('hostaddr') ?? null;
  if (address !== null && isIP(address) === 0) throw bad('hostaddr is not an address', 'Give an IP address, or the name as host.');
  const host = given('host') ?? address ?? (existsSync(DEFAULT_SOCKET) ? DEFAULT_SOCKET : 'localhost');
  if (host.includes(',')) throw bad('it names several hosts', 'Name the primary alone: a run never moves to another server.');
  const database = given('dbname') ?? user;
  if (/:\/\/|password\s*=/i.test(database)) throw bad('the name of the database is a URL or key=value pairs', 'PGDATABASE and dbname take a name; give the URL as DATABASE_URL or --database.');
  const timeout = integer(pick('connect_timeout') ?? String(PATIENCE_SECONDS), 'connect_timeout');
  const spec: ConnectionSpec = {
    host, address, port, user, database, password: given('password') ?? null, options: given('options') ?? null, demands: demandsOf(pick), session: sessionSettings(env), ...resolveTls(pick, socketOf({ host, address, port }) !== null),
    timeoutSeconds: timeout > 0 ? Math.min(ENDLESS_SECONDS, Math.max(2, timeout)) : 0, sources: [], warnings: [],
  };
  if (spec.tls === 'verify-full' && address !== null && given('host') === undefined) throw bad('sslmode=verify-full needs the name of the host', 'Name it with host (PGHOST) beside hostaddr.');
  const file = spec.password === null ? passwordFromFile(spec, given('passfile'), (text) => spec.warnings.push(text)) : null;
  spec.password ??= file?.password ?? null;
  spec.sources = [...[...used].map(([where, keys]) => `${keys.join(', ')} from ${where}`), ...(asked === undefined ? ['user from the system'] : []), ...(file ? [`password from ${file.path}`] : [])];
  return spec;
}

/** Who runs the program, whatever USER says. Throws a ProblemError (exit 2) where the system has no name for it. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    throw bad('no user is named, and the system has no name for the one that runs this', 'Name the user (PGUSER).');
  }
}

/** What libpq hands to the server from variables of its own (manual: "Environment Variables"). */
function sessionSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const named = { TimeZone: env.PGTZ, DateStyle: env.PGDATESTYLE, geqo: env.PGGEQO };
  return Object.fromEntries(Object.entries(named).filter((one): one is [string, string] => one[1] !== undefined && one[1].toLowerCase() !== 'default'));
}

function fromEnvironment(env: NodeJS.ProcessEnv): Settings {
  return {
    host: env.PGHOST, hostaddr: env.PGHOSTADDR, port: env.PGPORT, user: env.PGUSER, password: env.PGPASSWORD, dbname: env.PGDATABASE, sslmode: env.PGSSLMODE ?? (env.PGREQUIRESSL?.startsWith('1') ? 'require' : undefined),
    sslrootcert: env.PGSSLROOTCERT, sslcert: env.PGSSLCERT, sslkey: env.PGSSLKEY, sslcrl: env.PGSSLCRL, options: env.PGOPTIONS, passfile: env.PGPASSFILE, connect_timeout: env.PGCONNECT_TIMEOUT,
    target_session_attrs: env.PGTARGETSESSIONATTRS, channel_binding: env.PGCHANNELBINDING, require_auth: env.PGREQUIREAUTH, gssencmode: env.PGGSSENCMODE, sslcertmode: env.PGSSLCERTMODE, sslnegotiation: env.PGSSLNEGOTIATION,
    requirepeer: env.PGREQUIREPEER, sslcrldir: env.PGSSLCRLDIR, ssl_min_protocol_version: env.PGSSLMINPROTOCOLVERSION, ssl_max_protocol_version: env.PGSSLMAXPROTOCOLVERSION,
  };
}

/** Settings for the driver, none left to variables that it reads by itself; certificates are read now. `secured`: with TLS. */
export function driverConfig(spec: ConnectionSpec, secured: boolean): ClientConfig & { scramMaxIterations: number } {
  return {
    host: spec.address ?? spec.host, port: spec.port, user: spec.user, database: spec.database, keepAlive: true, keepAliveInitialDelayMillis: 10_000, connectionTimeoutMillis: spec.timeoutSeconds * 1000,
    // Always a function: the driver would look for a missing password by rules of its own.
    password: () => spec.password ?? '',
    scramMaxIterations: 0, sslnegotiation: 'postgres',
    enableChannelBinding: secured && spec.demands.channelBinding !== 'disable',
    // The name is what the certificate is compared with, whatever address is connected to.
    ssl: secured ? { ...tlsOptions(spec), host: spec.host, ...(isIP(spec.host) === 0 && !spec.host.startsWith('/') ? { servername: spec.host } : {}) } : false,
  };
}

/** Path of the Unix socket, or null where the connection goes to an address. */
export function socketOf({ host, address, port }: Pick<ConnectionSpec, 'host' | 'address' | 'port'>): string | null {
  return host.startsWith('/') && address === null ? `${host}/.s.PGSQL.${port}` : null;
}

/** `host:port` or the socket, without credentials. */
export function serverName(spec: ConnectionSpec): string {
  const name = spec.host.startsWith('/') ? spec.address ?? spec.host : spec.host;
  return socketOf(spec) ?? `${name.includes(':') ? `[${name}]` : name}:${spec.port}`;
}

/** What of a connection is shown nowhere. */
export function secretsOf({ password, certificates }: ConnectionSpec): string[] {
  return [password, certificates.password].filter((one): one is string => one !== null && one !== '');
}

/** The target as an URL without its password, for messages. */
export function safeUrl(spec: ConnectionSpec): string {
  return `postgresql://${spec.user}@${serverName(spec)}/${spec.database}`;
}

/** What of the connection is in use and where it was found, for the log: never a password. */
export function connectionInUse(spec: ConnectionSpec): string {
  const tls = socketOf(spec) === null ? `sslmode ${spec.tls}${spec.certificates.root !== null && verifies(spec) ? ` with ${spec.certificates.root}` : ''}` : 'Unix socket';
  return [`user ${spec.user}`, tls, ...spec.sources, ...spec.warnings].join('; ');
}
