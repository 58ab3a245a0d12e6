import { setInterval as every, setTimeout as pause } from 'node:timers/promises';
import type { LockSeen } from '../steps/fact.js';
import { FILES, LOCKS_OF, rewritten, scanned, type Traced } from './locks.js';
import type { Session } from './session.js';
import type { Side } from './side.js';

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
  const seen = new Map<string, LockSeen>();
  let done = false;
  const looking = (async () => {
    while (!done) {
      note(seen, (await watcher.run(LOCKS_OF, [working.pid])).rows);
      if (!done) await pause(LOOK_MS);
    }
  // Looking is a courtesy: the loss of its connection must not fail the work.
  })().catch(() => undefined);
  try {
    const result = await work();
    done = true;
    await looking;
    const after = await flushed(working).then(() => files(watcher)).catch(() => before);
    return { result, traced: { locks: inOrder(seen), rewrites: rewritten(before, after), scans: scanned(before, after, sql) } };
  } finally {
    done = true;
    await looking;
    await watcher.close();
  }
}

/** Between two looks of a real run, and before the first: what takes less time keeps nobody waiting. */
const GLIMPSE_MS = 200;

/**
 * The same for a real run, which must not be slowed: a look now and then over
 * the connection that watches, at the locks alone.
 */
export async function glimpseLocks<T>(side: Side, pid: number, work: () => Promise<T>): Promise<{ result: T; traced: Traced }> {
  const seen = new Map<string, LockSeen>();
  const over = new AbortController();
  const looking = (async () => {
    for await (const _ of every(GLIMPSE_MS, undefined, { signal: over.signal, ref: false })) {
      const { rows } = await side.glance((session) => session.run(LOCKS_OF, [pid]));
      if (!over.signal.aborted) note(seen, rows);
    }
  // It ends here with the work; and looking is a courtesy.
  })().catch(() => undefined);
  try {
    return { result: await work(), traced: { locks: inOrder(seen), rewrites: [], scans: [] } };
  } finally {
    over.abort();
    await looking;
  }
}

function note(seen: Map<string, LockSeen>, rows: readonly (string | null)[][]): void {
  for (const [relation, mode] of rows) if (relation != null && mode != null) seen.set(`${relation} ${mode}`, { relation, mode });
}

function inOrder(seen: ReadonlyMap<string, LockSeen>): LockSeen[] {
  return [...seen].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, lock]) => lock);
}

/** Files and scans as everybody sees them: those of the transaction alone are gone with it. */
async function files(session: Session): Promise<(string | null)[][]> {
  return (await session.run(FILES.replace('pg_stat_get_xact_numscans', 'pg_stat_get_numscans'))).rows;
}

/** Counters of scans reach other sessions up to a second late, unless asked for. */
async function flushed(working: Session): Promise<void> {
  await working.run('SELECT pg_stat_force_next_flush()');
}
