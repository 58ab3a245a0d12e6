import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ClientConfig } from 'pg';
import { bad, checked, readConnectionText, type Settings } from './connection-text.js';
import { passwordFromFile } from './password-file.js';
import { readService } from './service-file.js';
import { resolveTls, tlsOptions, type TlsSpec } from './tls.js';

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
  /** Seconds; 0: as long as the system waits. */
  timeoutSeconds: number;
  /** Where the settings were found, for the log: never their values. */
  sources: string[];
  /** What was found and not used, and why. */
  warnings: string[];
}

const PATIENCE_SECONDS = 15;

/**
 * The target that libpq would use: a URL or `key=value` text first, then the
 * service, then PG* variables, then defaults; the password last from the
 * password file. Throws a ProblemError (exit 2) for what cannot be read.
 */
export async function resolveConnection({ url, env }: { url?: string; env: NodeJS.ProcessEnv }): Promise<ConnectionSpec> {
  const named = url === undefined ? {} : readConnectionText(url);
  const name = named.service ?? env.PGSERVICE;
  const service = name ? readService(name, named.servicefile, env) : null;
  const layers: [string, Settings][] = [['the URL', named], [`the service "${name}" in ${service?.path}`, service?.settings ?? {}], ['PG* variables', checked(fromEnvironment(env))]];
  const used = new Map<string, string[]>();
  const pick = (key: string): string | undefined => {
    const found = layers.find(([, layer]) => layer[key] !== undefined && layer[key] !== '');
    if (found) used.set(found[0], [...new Set([...(used.get(found[0]) ?? []), key])]);
    return found?.[1][key];
  };
  const user = pick('user') ?? env.USER ?? 'postgres';
  const port = Number(pick('port') ?? 5432);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw bad('the port is not a number from 1 to 65535', 'Give the port of the server.');
  const address = pick('hostaddr') ?? null;
  const host = pick('host') ?? address ?? (existsSync('/var/run/postgresql') ? '/var/run/postgresql' : 'localhost');
  if (host.includes(',')) throw bad('it names several hosts', 'Name the primary alone: a run never moves to another server.');
  const timeout = Number(pick('connect_timeout') ?? PATIENCE_SECONDS);
  const spec: ConnectionSpec = {
    host, address, port, user, database: pick('dbname') ?? user, password: pick('password') ?? null, options: pick('options') ?? null, ...resolveTls(pick),
    timeoutSeconds: Number.isFinite(timeout) && timeout > 0 ? Math.max(2, timeout) : 0, sources: [], warnings: [],
  };
  const file = spec.password === null ? passwordFromFile(spec, pick('passfile'), env, (text) => spec.warnings.push(text)) : null;
  spec.password ??= file?.password ?? null;
  spec.sources = [...[...used].map(([where, keys]) => `${keys.join(', ')} from ${where}`), ...(file ? [`password from ${file.path}`] : [])];
  return spec;
}

function fromEnvironment(env: NodeJS.ProcessEnv): Settings {
  return {
    host: env.PGHOST, hostaddr: env.PGHOSTADDR, port: env.PGPORT, user: env.PGUSER, password: env.PGPASSWORD, dbname: env.PGDATABASE, sslmode: env.PGSSLMODE ?? (env.PGREQUIRESSL === '1' ? 'require' : undefined),
    sslrootcert: env.PGSSLROOTCERT, sslcert: env.PGSSLCERT, sslkey: env.PGSSLKEY, sslcrl: env.PGSSLCRL, options: env.PGOPTIONS, passfile: env.PGPASSFILE, connect_timeout: env.PGCONNECT_TIMEOUT,
    // Not held here: what asks for more than that is refused, as in a URL.
    target_session_attrs: env.PGTARGETSESSIONATTRS, channel_binding: env.PGCHANNELBINDING, require_auth: env.PGREQUIREAUTH, gssencmode: env.PGGSSENCMODE,
    requirepeer: env.PGREQUIREPEER, sslcrldir: env.PGSSLCRLDIR, ssl_min_protocol_version: env.PGSSLMINPROTOCOLVERSION,
  };
}

/** Settings for the driver; certificates are read now. `tls` false: a second try of mode `prefer`. */
export function driverConfig(spec: ConnectionSpec, applicationName: string, tls = spec.tls !== 'disable' && spec.tls !== 'allow'): ClientConfig {
  const socket = spec.host.startsWith('/');
  return {
    host: spec.address ?? spec.host, port: spec.port, user: spec.user, database: spec.database, application_name: applicationName, keepAlive: true, keepAliveInitialDelayMillis: 10_000, connectionTimeoutMillis: spec.timeoutSeconds * 1000,
    // Always a function: the driver would look for a missing password by rules of its own.
    password: () => spec.password ?? '',
    ...(spec.options === null ? {} : { options: spec.options }),
    // The name is what the certificate is compared with, whatever address is connected to.
    ssl: socket || !tls ? false : { ...tlsOptions(spec), host: spec.host, ...(isIP(spec.host) === 0 ? { servername: spec.host } : {}) },
  };
}

/** `host:port` or the socket, without credentials. */
export function serverName(spec: ConnectionSpec): string {
  if (spec.host.startsWith('/')) return `${spec.host}/.s.PGSQL.${spec.port}`;
  return `${spec.host.includes(':') ? `[${spec.host}]` : spec.host}:${spec.port}`;
}

/** The target as an URL without its password, for messages. */
export function safeUrl(spec: ConnectionSpec): string {
  return `postgresql://${spec.user}@${serverName(spec)}/${spec.database}`;
}

/** What of the connection is in use and where it was found, for the log: never a password. */
export function connectionInUse(spec: ConnectionSpec): string {
  const tls = spec.host.startsWith('/') ? 'Unix socket' : `sslmode ${spec.tls}${spec.certificates.root !== null && spec.tls.startsWith('verify') ? ` with ${spec.certificates.root}` : ''}`;
  return [`user ${spec.user}`, tls, ...spec.sources, ...spec.warnings].join('; ');
}
