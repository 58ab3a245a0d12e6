import type { SqlWork } from '../engine/ports.js';
import { readAttempts } from './ledger.js';
import { probeTransaction } from './probe-transaction.js';
import type { Session } from './session.js';

/**
 * Whether a COMMIT took that was sent and whose answer was not heard: by the ledger's row of the attempt, without a ledger
 * by what the step makes. Behind the lock barrier only: before, the old backend may still commit. Never by the transaction's
 * number: after a crash of the server it may be used again.
 * @returns `took`: null where nothing can tell; `how` is the reason, said in the log
 */
export async function commitEvidence(session: Session, work: SqlWork): Promise<{ took: boolean | null; how: string }> {
  if (!work.ledger) {
    const { state, detail } = await probeTransaction(work.statements.map(({ sql, index }) => ({ sql, mayFail: work.tolerate.length > 0 || work.mayFail.includes(index) })), (text, parameters) => session.run(text, parameters));
    return state === 'unknown' ? { took: null, how: `there is no ledger to ask; ${detail}` } : { took: state === 'done', how: `there is no ledger to ask; a probe of the database (${detail}) shows` };
  }
  const attempts = await readAttempts(session, work.run);
  return attempts === undefined ? { took: null, how: 'the ledger is gone' } : { took: attempts.some((one) => one.attemptId === work.attemptId), how: 'the ledger shows' };
}
