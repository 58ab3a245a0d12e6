import type { Blocker, Progress } from '../steps/fact.js';
import { blockersOf } from './blockers.js';
import { progressOf, Telltale } from './progress.js';
import type { Session } from './session.js';
import type { Side } from './side.js';

const POLL_MS = 300;

export interface Watching {
  waiting(blockers: Blocker[]): Promise<void>;
  progress(progress: Progress): Promise<void>;
}

/**
 * While `work` runs on the session `main`: tells who blocks it, when that
 * changes, and how far it is. What the looking throws never fails the work;
 * what the telling throws does, after the work: the journal could not be written.
 */
export async function watchWork<T>(side: Side, main: Session, tell: Watching, work: () => Promise<T>): Promise<T> {
  const { pid } = main;
  const telltale = new Telltale();
  let done = false;
  let last = '';
  let fault: unknown = null;
  let look: Promise<void> | null = null;
  const once = async (): Promise<void> => {
    const seen = await side.glance(async (session) => ({ blockers: await blockersOf(session, pid), progress: await progressOf(session, pid) })).catch(() => null);
    // The side connection is a courtesy, and what it saw of work that is over is of no use.
    if (seen === null || done) return;
    const now = seen.blockers.map((one) => `${one.pid} ${one.state} ${one.query} ${one.holds.join()}`).join('\n');
    if (now !== last) { last = now; await tell.waiting(seen.blockers); }
    if (seen.progress !== null && telltale.worthTelling(seen.progress, performance.now())) await tell.progress(seen.progress);
  };
  const timer = setInterval(() => {
    look ??= once().catch((error: unknown) => { fault ??= error; }).finally(() => { look = null; });
  }, POLL_MS);
  try {
    const result = await work();
    if (fault !== null) throw fault;
    return result;
  } finally {
    done = true;
    clearInterval(timer);
    await look;
  }
}
