import type { LockHolder } from '../engine/ports.js';
import { widened } from './narrow.js';
import type { Session } from './session.js';

/** Key of the advisory lock: one run per database. Any constant does, as long as it never changes. */
export const LOCK_KEY = 7_236_071_902_411;

/** Statements that let go of the locks of their session. */
export const LETS_GO = /\bdiscard\s+all\b|\bpg_advisory_unlock/i;

/** Takes the run's lock if it is free. Never waits for it: a waiter would deadlock with CREATE INDEX CONCURRENTLY. */
export async function tryLock(session: Session): Promise<boolean> {
  return (await session.run('SELECT pg_try_advisory_lock($1)', [LOCK_KEY])).rows[0]?.[0] === 't';
}

const LOCKS = `
  SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND (classid::bigint << 32 | objid::bigint) = $1`;
/** Whether a backend other than $2 holds the lock $1. */
export const HELD_BY_OTHERS = `${LOCKS} AND pid <> $2`;

/** Whether the session holds the lock. */
export const LOCKED_BY_US = `SELECT EXISTS (${LOCKS.replace('$1', String(LOCK_KEY))} AND pid = pg_backend_pid())`;
export async function holdsLock(session: Session): Promise<boolean> {
  return (await session.run(LOCKED_BY_US)).rows[0]?.[0] === 't';
}

const APPLICATION = 'deploy-wizard';

/**
 * Shows who holds the lock in the session's own name, which every role may see:
 * for as long as the ledger does not say it (63 bytes at most are kept).
 */
export async function sayHolder(session: Session, { operator, host, run }: LockHolder): Promise<void> {
  await session.run("SELECT set_config('application_name', $1, false)", [session.keeps(`${APPLICATION} ${run} ${operator}@${host}`)]);
}

/** Writes into the ledger who holds the lock, on the session that does. */
export async function noteHolder(session: Session, { operator, host, run, since }: LockHolder): Promise<void> {
  await session.client.query(
    `INSERT INTO deploy_wizard.holder (operator, host, run, since, pid) VALUES ($1, $2, $3, $4, pg_backend_pid())
     ON CONFLICT (one) DO UPDATE SET operator = excluded.operator, host = excluded.host, run = excluded.run, since = excluded.since, pid = excluded.pid`,
    [session.keeps(operator), session.keeps(host), run, since],
  );
  await session.client.query('RESET application_name');
}

/** Backend that holds the lock, with what the role may see of it. */
const HOLDS = `
  SELECT l.pid::text, a.usename, coalesce(a.client_addr::text, 'a local socket'), a.backend_start, a.application_name FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
  WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND (l.classid::bigint << 32 | l.objid::bigint) = $1`;

/** Who has the lock: by the session's name, by the ledger's row where it is of that very backend, else by what the server shows of it. */
export async function holderOf(session: Session): Promise<LockHolder> {
  const [pid, user, address, begun, application] = (await session.run(HOLDS, [LOCK_KEY])).rows[0] ?? [];
  const [, named, who, from] = new RegExp(`^${APPLICATION} (\\w+) (.*)@([^@]*)$`).exec(application ?? '') ?? [];
  if (named !== undefined) return { operator: who ?? '', host: from ?? '', run: named, since: begun ?? 'unknown' };
  if ((await session.run("SELECT to_regclass('deploy_wizard.holder') IS NOT NULL")).rows[0]?.[0] === 't') {
    // As JSON, for the older table has no pid.
    const { rows } = await session.run("SELECT operator, host, run, since FROM deploy_wizard.holder h WHERE coalesce(to_jsonb(h) ->> 'pid', $1) = $1", [pid ?? '']);
    const [operator, host, run, since] = rows[0] ?? [];
    if (operator != null) return { operator: widened(operator), host: widened(host ?? ''), run: run ?? '', since: since ?? '' };
  }
  return { operator: user ?? 'somebody', host: address ?? 'an unknown host', run: 'unknown', since: begun ?? 'unknown' };
}
