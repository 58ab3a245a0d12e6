import type { Blocker } from '../steps/fact.js';
import type { Session } from './session.js';

const BLOCKERS = `
  SELECT a.pid, a.usename, a.application_name, a.state, a.xact_start, left(a.query, 500),
    (SELECT string_agg(DISTINCT coalesce(l.relation::regclass::text, l.locktype) || ' ' || replace(l.mode, 'Lock', ''), ', ') FROM pg_locks l
     WHERE l.pid = a.pid AND l.granted AND l.mode NOT IN ('AccessShareLock', 'ExclusiveLock') AND (l.relation IS NULL OR l.relation >= 16384))
  FROM pg_stat_activity a WHERE a.pid = ANY (pg_blocking_pids($1)) ORDER BY a.xact_start`;

const POLL_MS = 300;

/** Who keeps a backend waiting, seen from another connection; includes those queued ahead. */
export async function blockersOf(session: Session, pid: number): Promise<Blocker[]> {
  const { rows } = await session.run(BLOCKERS, [pid]);
  return rows.map(([blocker, user, application, state, since, query, holds]) => ({
    pid: Number(blocker), user: user ?? '', application: application ?? '', state: state ?? '', since: since ?? null, query: query ?? '', holds: holds ? holds.split(', ') : [],
  }));
}

/** While `work` runs: tells who blocks it, when that changes. The telling never fails the work. */
export async function watchBlockers<T>(side: () => Promise<Session>, pid: number, tell: (blockers: Blocker[]) => Promise<void>, work: () => Promise<T>): Promise<T> {
  let done = false;
  let last = '';
  let telling: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      const blockers = await blockersOf(await side(), pid);
      const now = blockers.map((one) => `${one.pid} ${one.state} ${one.query}`).join('\n');
      if (!done && now !== last) { last = now; await tell(blockers); }
    } catch {
      // The side connection is a courtesy.
    }
  };
  const timer = setInterval(() => { telling = telling.then(() => (done ? undefined : look())); }, POLL_MS);
  try {
    return await work();
  } finally {
    done = true;
    clearInterval(timer);
    await telling;
  }
}
