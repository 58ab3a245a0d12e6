import { LOCKED_BY_US } from './run-lock.js';
import { serverError } from './server-error.js';
import type { Session } from './session.js';

/** An answered COMMIT must be on disk: a server that may forget it in a crash would make the journal lie. */
export function durable(until: 'transaction' | 'session'): string {
  return `SELECT set_config('synchronous_commit', 'on', ${until === 'transaction'}) WHERE current_setting('synchronous_commit') = 'off'`;
}

/** With the connection's own rights, whatever role the step has taken; it has it again afterwards. Where row security hides it, it cannot be looked for. */
const ownRow = (attemptId: string): string => `
  SAVEPOINT deploy_wizard; RESET SESSION AUTHORIZATION; RESET ROLE;
  SELECT row_security_active('deploy_wizard.attempts') OR EXISTS (SELECT FROM deploy_wizard.attempts WHERE attempt = '${attemptId}');
  ROLLBACK TO SAVEPOINT deploy_wizard; RELEASE SAVEPOINT deploy_wizard`;

const ROW_GONE = 'the step took away the ledger\'s row of itself (schema deploy_wizard), which tells after a crash that it was applied: it was rolled back. Leave the ledger alone, or begin a run with --no-ledger';

/** `lock`: the session has the run's lock; `gone`: why the ledger's row cannot be relied on. */
export interface Held { lock: boolean; gone: { sqlstate: string | null; message: string } | null }

/**
 * Before a statement that may be the last that is heard of, in one message: what a guide has turned off for speed is on again,
 * and what would decide about the statement after a crash is looked for, as far as SQL can take it away.
 * `attemptId`: whose row the open transaction holds; null: it holds none.
 */
export async function holdFast(session: Session, until: 'transaction' | 'session', attemptId: string | null): Promise<Held> {
  const asked = `${durable(until)}; ${LOCKED_BY_US}${attemptId === null ? '' : `;${ownRow(attemptId)}`}`;
  try {
    const [, lock, ...looked] = await session.client.query({ text: asked, rowMode: 'array' }) as unknown as { rows: unknown[][] }[];
    const there = attemptId === null || looked.some(({ rows }) => rows[0]?.[0] === true);
    return { lock: lock?.rows[0]?.[0] === true, gone: there ? null : { sqlstate: null, message: ROW_GONE } };
  } catch (thrown) {
    const { sqlstate, message, lost } = serverError(thrown);
    if (session.lost || lost || attemptId === null) throw thrown;
    // Its table is not there; or it is something else, such as a serialization failure.
    return { lock: true, gone: /^(?:42|3F)/.test(sqlstate ?? '') ? { sqlstate: null, message: ROW_GONE } : { sqlstate, message } };
  }
}
