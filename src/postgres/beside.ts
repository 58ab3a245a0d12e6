import type { Cell } from '../assertions/assertion.js';
import type { Session } from './session.js';

const POINT = 'deploy_wizard_beside';

/**
 * First value of a query that an expectation compares with, asked where its step is judged: it sees what the step did,
 * and nothing that it calls can write. Throws what the server says; the step's transaction is as it was.
 */
export async function valueBeside(session: Session, sql: string): Promise<Cell> {
  const within = session.transaction === 'T';
  await session.client.query(within ? `SAVEPOINT ${POINT}; SET TRANSACTION READ ONLY` : 'BEGIN READ ONLY');
  try {
    return (await session.run(sql)).rows[0]?.[0] ?? null;
  } catch (error) {
    if (error instanceof Error) error.message = `${error.message} (in what an expectation compares with, which may only read: ${sql.replace(/\s+/g, ' ').slice(0, 200)})`;
    throw error;
  } finally {
    if (!session.lost) await session.client.query(within ? `ROLLBACK TO ${POINT}; RELEASE ${POINT}` : 'ROLLBACK');
  }
}
