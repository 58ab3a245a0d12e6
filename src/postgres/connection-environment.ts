import type { ConnectionSpec } from './connection.js';

/**
 * The run's database as libpq's variables, so that psql and pg_dump of a shell
 * step reach it without being told. The password goes this way only: it stands
 * in no command line, and its value is masked wherever output is shown or kept.
 */
export function connectionEnvironment(connection: ConnectionSpec): Record<string, string> {
  const { host, address, port, user, database, tls, password, certificates, options, demands, session } = connection;
  // Without a root file libpq would refuse what Node's authorities vouch for; from PostgreSQL 16 on it can be told to take the machine's.
  const root = certificates.root ?? (tls === 'verify-full' ? 'system' : null);
  const optional = {
    PGHOSTADDR: address, PGPASSWORD: password, PGSSLROOTCERT: root, PGSSLCERT: certificates.cert, PGSSLKEY: certificates.key, PGSSLCRL: certificates.crl, PGOPTIONS: options,
    PGTZ: session.TimeZone ?? null, PGDATESTYLE: session.DateStyle ?? null, PGGEQO: session.geqo ?? null,
    PGCHANNELBINDING: demands.channelBinding === 'prefer' ? null : demands.channelBinding, PGTARGETSESSIONATTRS: demands.session === 'any' ? null : demands.session,
  };
  return {
    PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database, PGSSLMODE: tls,
    ...Object.fromEntries(Object.entries(optional).filter((one): one is [string, string] => one[1] !== null)),
  };
}

/** The connection as a `key='value'` text, for what opens one of its own. It holds the password: never show it. */
export function conninfo(connection: ConnectionSpec): string {
  const { host, address, port, user, database, password, tls, certificates, options, timeoutSeconds, demands, session } = connection;
  const pairs = {
    host, hostaddr: address, port: String(port), user, dbname: database, password, options: withSession(options, session), connect_timeout: String(timeoutSeconds),
    sslmode: tls, sslrootcert: certificates.root, sslcert: certificates.cert, sslkey: certificates.key, sslcrl: certificates.crl, sslpassword: certificates.password, sslcertmode: certificates.cert === null ? 'disable' : null,
    channel_binding: demands.channelBinding, target_session_attrs: demands.session,
  };
  return Object.entries(pairs).flatMap(([key, value]) => (value === null ? [] : [`${key}='${value.replace(/['\\]/g, '\\$&')}'`])).join(' ');
}

/** Options that set what variables ask for, too: they have no keywords. */
function withSession(options: string | null, session: Record<string, string>): string | null {
  const all = [...(options === null ? [] : [options]), ...Object.entries(session).map(([name, value]) => `-c ${name}=${value.replace(/[\s\\]/g, '\\$&')}`)];
  return all.length === 0 ? null : all.join(' ');
}
