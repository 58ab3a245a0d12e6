import { EXIT, ProblemError } from '../text/problem.js';
import { copyEnd, hasAttempt, wentOn, type JournalLine } from './ledger.js';
import { holderOf, tryLock } from './run-lock.js';
import type { Session } from './session.js';
import type { Side } from './side.js';

interface Copy { end: number; own: readonly JournalLine[] }

/**
 * Refuses (exit 3) where somebody else went on with the run while this process
 * did not hold the lock: what it knows of the run is out of date, and to go on
 * by it would be to apply steps again. `end`: last line that the ledger's copy
 * is known to have; `own`: lines of ours that may have got there unheard.
 */
export async function refuseWentOn(session: Session, run: string, { end, own }: Copy, where: string): Promise<void> {
  if (!await wentOn(session, run, end, own)) return;
  throw new ProblemError({
    code: 'run-went-on', what: 'Somebody else has gone on with this run: the ledger holds lines of its journal that are not from here.', where,
    remedy: `Nothing more was written from here. Follow it: deploy-wizard watch ${run} --database URL`,
  }, EXIT.refused);
}

/**
 * Refuses (exit 3) where the database lost what it had: a standby that took over, or a backup, may have come before it.
 * `committed`: the last attempt whose COMMIT was answered; `copied`: the last journal line that the ledger's copy is known to have.
 */
export async function refuseGone(session: Session, { run, committed, copied }: { run: string; committed: { step: string; attemptId: string } | null; copied: number }, where: string): Promise<void> {
  const lost = committed !== null && !await hasAttempt(session, committed.attemptId) ? `the ledger has no row of step ${committed.step} any more`
    : await copyEnd(session, run) < copied ? `the ledger had the journal up to line ${copied}, and has it no more` : null;
  if (lost === null) return;
  throw new ProblemError({
    code: 'commit-gone', what: `The database has lost what it had committed: ${lost}. It was put back to an earlier state (a failover, a backup).`, where,
    remedy: 'Nothing more was written. Look at what is there, then deploy-wizard resume: it asks for each step whose row is gone.',
  }, EXIT.refused);
}

/** Refuses (exit 3) where a statement of ours let go of the run's lock, and somebody has taken it. */
export async function refuseLockLost(session: Session): Promise<never> {
  const { operator, host, run } = await holderOf(session);
  throw new ProblemError({
    code: 'lock-lost', what: `A statement let go of the run's lock, and ${operator} on ${host} took it (run ${run}).`,
    remedy: 'Wait for that run, then deploy-wizard resume. Take DISCARD ALL and pg_advisory_unlock_all() out of the guide.',
  }, EXIT.refused);
}

/**
 * Takes the run's lock again, of which a statement let go, and leaves an open transaction as it is. Refuses (exit 3) where
 * somebody has it; or had it, went on with the run and has ended by now, which that transaction and its role may not see.
 * `copy`: what the ledger's copy of the journal is known to have; null: there is none.
 */
export async function retakeLock(session: Session, side: Side, { run, copy }: { run: string; copy: Copy | null }, where: string): Promise<void> {
  if (!await tryLock(session)) await side.use(refuseLockLost);
  if (copy !== null) await side.use((other) => refuseWentOn(other, run, copy, where));
}
