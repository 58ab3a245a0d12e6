import { createHash } from 'node:crypto';
import type { TargetIdentity } from '../engine/ports.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { connectionInUse, serverName, type ConnectionSpec } from './connection.js';
import { serverError } from './server-error.js';
import type { Session } from './session.js';

const WHO = `
  SELECT current_database(), (SELECT oid FROM pg_database WHERE datname = current_database())::text, current_user, current_setting('server_version'),
    current_setting('server_version_num')::int / 10000, pg_is_in_recovery(), (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
    (SELECT CASE WHEN ssl THEN version || ' ' || cipher ELSE 'off' END FROM pg_stat_ssl WHERE pid = pg_backend_pid())`;

/** Who and what this database is. `pooled` comes from {@link isPooled}. */
export async function identify(session: Session, spec: ConnectionSpec, pooled: boolean): Promise<TargetIdentity> {
  const [database, oid, role, version, major, standby, superuser, tls] = (await session.run(WHO)).rows[0] ?? [];
  return {
    identity: `${await systemIdentifier(session, spec)}/${oid ?? ''}`, database: database ?? '', server: serverName(spec), version: (version ?? '').split(' ')[0] ?? '', major: Number(major),
    role: role ?? '', superuser: superuser === 't', standby: standby === 't', pooled, tls: tls ?? 'off', connection: connectionInUse(spec),
  };
}

/** The cluster's own number; where the role may not read it, a hash of the server's name. */
async function systemIdentifier(session: Session, spec: ConnectionSpec): Promise<string> {
  try {
    const { rows } = await session.run('SELECT system_identifier::text FROM pg_control_system()');
    if (rows[0]?.[0]) return rows[0][0];
  } catch (thrown) {
    // Not permitted for this role; a connection that broke says nothing of the server.
    if (session.lost || serverError(thrown).lost) throw thrown;
  }
  return createHash('sha256').update(serverName(spec)).digest('hex').slice(0, 20);
}

export function targetChanged(how: string, at: TargetIdentity | null, remedy: string): ProblemError {
  return new ProblemError({ code: 'target-changed', what: `The database is not the one this run began on: ${how}.`, ...(at ? { where: `${at.database} at ${at.server}` } : {}), remedy: `Nothing more was written. ${remedy}` }, EXIT.refused);
}

/**
 * Whether a transaction pooler stands between, found by behaviour: two client
 * connections that get each other's backend, or one that changes its own.
 */
export async function isPooled(a: Session, b: Session, port: number): Promise<boolean> {
  if (port === 6543) return true;
  const pid = async (session: Session): Promise<string> => (await session.run('SELECT pg_backend_pid()::text')).rows[0]?.[0] ?? '';
  for (let round = 0; round < 2; round += 1) {
    const first = await pid(a);
    await b.client.query('BEGIN');
    const other = await pid(b);
    const again = await pid(a);
    await b.client.query('ROLLBACK');
    if (other === first || again !== first) return true;
  }
  return false;
}
