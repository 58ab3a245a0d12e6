import type { Compared } from '../engine/ports.js';
import { serverError } from './server-error.js';
import type { Session } from './session.js';

const POINT = 'deploy_wizard_beside';

/** Within a transaction these are the whole step's: it is tried again, or was cancelled. */
const OF_THE_STEP: ReadonlySet<string | null> = new Set(['40001', '40P01', '55P03', '57014']);

/**
 * First value of a query that an expectation compares with, asked where its step is judged: it sees what the step did,
 * and nothing that it calls can write. What the server refuses leaves the step's transaction as it was; throws where
 * the connection is lost, and what the whole transaction has to be tried again for.
 */
export async function valueBeside(session: Session, sql: string): Promise<Compared> {
  const within = session.transaction === 'T';
  await session.client.query(within ? `SAVEPOINT ${POINT}; SET TRANSACTION READ ONLY` : 'BEGIN READ ONLY');
  try {
    return { value: (await session.run(sql)).rows[0]?.[0] ?? null };
  } catch (thrown) {
    const { sqlstate, message, lost } = serverError(thrown);
    if (lost || session.lost || (within && OF_THE_STEP.has(sqlstate))) throw thrown;
    return { refused: `${message} (it may only read)` };
  } finally {
    if (!session.lost) await session.client.query(within ? `ROLLBACK TO ${POINT}; RELEASE ${POINT}` : 'ROLLBACK');
  }
}
