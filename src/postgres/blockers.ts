import type { Blocker } from '../steps/fact.js';
import type { Session } from './session.js';

/** A prepared transaction has no session any more, and counts as number 0: those of the database are shown. */
const BLOCKERS = `
  SELECT a.pid, a.usename, a.application_name, a.state, a.xact_start, left(a.query, 500),
    (SELECT string_agg(DISTINCT coalesce((SELECT c.oid::regclass::text FROM pg_class c WHERE c.oid = l.relation), CASE WHEN l.relation IS NULL THEN l.locktype ELSE 'a new relation' END) || ' ' || replace(l.mode, 'Lock', ''), ', ') FROM pg_locks l
     WHERE l.pid = a.pid AND l.granted AND (l.relation IS NULL OR l.relation >= 16384) AND (l.mode NOT IN ('AccessShareLock', 'ExclusiveLock')
       OR l.relation IN (SELECT w.relation FROM pg_locks w WHERE w.pid = $1 AND NOT w.granted)))
  FROM pg_stat_activity a WHERE a.pid = ANY (pg_blocking_pids($1))
  UNION ALL SELECT 0, p.owner, 'prepared transaction', 'prepared', p.prepared, format('ROLLBACK PREPARED %L or COMMIT PREPARED %L ends it', p.gid, p.gid), NULL
  FROM pg_prepared_xacts p WHERE 0 = ANY (pg_blocking_pids($1)) AND p.database = current_database() ORDER BY 5`;

/** Who keeps a backend waiting, seen from another connection; includes those queued ahead. */
export async function blockersOf(session: Session, pid: number): Promise<Blocker[]> {
  const { rows } = await session.run(BLOCKERS, [pid]);
  return rows.map(([blocker, user, application, state, since, query, holds]) => ({
    pid: Number(blocker), user: user ?? '', application: application ?? '', state: state ?? '', since: since ?? null, query: query ?? '', holds: holds ? holds.split(', ') : [],
  }));
}

/**
 * Cancels the statement of a session, or ends the session, if it still blocks
 * `waiting`: a backend's number may meanwhile belong to somebody else.
 * @returns whether the server did it
 */
export async function endBlocker(session: Session, waiting: number, pid: number, how: 'cancel' | 'terminate'): Promise<boolean> {
  const act = how === 'cancel' ? 'pg_cancel_backend' : 'pg_terminate_backend';
  const { rows } = await session.run(`SELECT ${act}(pid) FROM unnest(pg_blocking_pids($1)) AS pid WHERE pid = $2`, [waiting, pid]);
  return rows[0]?.[0] === 't';
}
