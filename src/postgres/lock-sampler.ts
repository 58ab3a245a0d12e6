import { setTimeout as pause } from 'node:timers/promises';
import { FILES, LOCKS_OF, rewritten, scanned, type Traced } from './locks.js';
import type { Session } from './session.js';

/** Between two looks. A statement shorter than this may pass unseen: what is sampled is a lower bound. */
const LOOK_MS = 3;

/**
 * While `work` runs a statement that refuses a transaction (and drops its
 * locks before its own session could look): what locks its backend holds, seen
 * again and again from another connection, and which tables it rewrote. Only
 * for rehearsals: the looking costs the server a little.
 * @param open - gives a connection for this alone (others would queue behind the looking); closed at the end
 * @param working - the session that works, and `sql` what it runs
 */
export async function sampleLocks<T>(open: () => Promise<Session>, working: Session, sql: string, work: () => Promise<T>): Promise<{ result: T; traced: Traced }> {
  const watcher = await open();
  // What earlier statements counted must not pass for this one's.
  await flushed(working);
  const before = await files(watcher);
  const seen = new Map<string, Traced['locks'][number]>();
  let done = false;
  const looking = (async () => {
    while (!done) {
      for (const [relation, mode] of (await watcher.run(LOCKS_OF, [working.pid])).rows) {
        if (relation != null && mode != null) seen.set(`${relation} ${mode}`, { relation, mode });
      }
      if (!done) await pause(LOOK_MS);
    }
  // Looking is a courtesy: the loss of its connection must not fail the work.
  })().catch(() => undefined);
  try {
    const result = await work();
    done = true;
    await looking;
    const after = await flushed(working).then(() => files(watcher)).catch(() => before);
    const locks = [...seen.values()].sort((one, other) => (`${one.relation} ${one.mode}` < `${other.relation} ${other.mode}` ? -1 : 1));
    return { result, traced: { locks, rewrites: rewritten(before, after), scans: scanned(before, after, sql) } };
  } finally {
    done = true;
    await looking;
    await watcher.close();
  }
}

/** Files and scans as everybody sees them: those of the transaction alone are gone with it. */
async function files(session: Session): Promise<(string | null)[][]> {
  return (await session.run(FILES.replace('pg_stat_get_xact_numscans', 'pg_stat_get_numscans'))).rows;
}

/** Counters of scans reach other sessions up to a second late, unless asked for. */
async function flushed(working: Session): Promise<void> {
  await working.run('SELECT pg_stat_force_next_flush()');
}
