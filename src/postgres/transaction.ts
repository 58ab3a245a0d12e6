import type { SqlHooks, SqlOutcome, SqlWork } from '../engine/ports.js';
import { noteAttempt } from './ledger.js';
import { LockTrace } from './locks.js';
import { recordMigration } from './record.js';
import { serverError, type Session } from './session.js';
import { runStatement } from './statement.js';

export interface Settings {
  timeouts: { lockMs: number; statementMs: number; idleMs: number };
  traceLocks: boolean;
  record: 'supabase' | null;
}

/** Thrown when COMMIT was sent and its answer never came: only the ledger knows. */
export class CommitInDoubt extends Error {}

/**
 * One transaction: timeouts, ledger row, role, statements, judgement, COMMIT.
 * The ledger row is written before the role changes, inside the same
 * transaction: where it exists, the step committed.
 */
export async function inTransaction(session: Session, work: SqlWork, hooks: SqlHooks, settings: Settings): Promise<SqlOutcome> {
  const { client } = session;
  await client.query(work.readOnly ? 'BEGIN READ ONLY' : 'BEGIN');
  await client.query(localSettings(work, settings));
  if (work.ledger && !work.readOnly && !work.discard) {
    await noteAttempt(session, work, 'committed');
    if (settings.record === 'supabase') await recordMigration(session, work);
  }
  if (work.as !== null) await impersonate(session, work.as, work.claims);
  const trace = settings.traceLocks ? new LockTrace() : null;
  await trace?.begin(session);
  const failure = await runAll(session, work, hooks, trace);
  if (failure) {
    await rollBack(session);
    return { state: 'rolled back', error: failure, because: failure.sqlstate === '57014' ? 'cancelled' : 'error' };
  }
  const good = await hooks.judge(async (sql) => (await session.run(sql)).rows[0]?.[0] ?? null);
  if (!good || work.discard || work.readOnly) {
    await rollBack(session);
    return { state: work.readOnly && good ? 'committed' : work.discard && good ? 'committed' : 'rolled back', error: null, because: !good ? 'judged' : work.discard ? 'discard' : 'read only' };
  }
  await hooks.committing(work.attemptId);
  return commit(session);
}

async function commit(session: Session): Promise<SqlOutcome> {
  try {
    const { command } = await session.client.query('COMMIT');
    // COMMIT of a failed transaction raises nothing: its tag is ROLLBACK.
    if (command === 'COMMIT') return { state: 'committed', error: null, because: null };
    return { state: 'rolled back', error: { sqlstate: '25P02', message: 'COMMIT answered ROLLBACK: the transaction had failed', statement: null, line: null }, because: 'error' };
  } catch (thrown) {
    const error = serverError(thrown);
    if (error.lost || session.lost) throw new CommitInDoubt(error.message, { cause: thrown });
    return { state: 'rolled back', error: { sqlstate: error.sqlstate, message: error.message, statement: null, line: null }, because: 'error' };
  }
}

async function rollBack(session: Session): Promise<void> {
  if (!session.lost) await session.client.query('ROLLBACK');
}

function localSettings(work: SqlWork, { timeouts }: Settings): string {
  const set = (name: string, ms: number): string => `SET LOCAL ${name} = ${Math.max(0, Math.round(ms))};`;
  return [
    set('lock_timeout', work.lockTimeoutMs ?? timeouts.lockMs), set('statement_timeout', work.timeoutMs ?? timeouts.statementMs),
    set('idle_in_transaction_session_timeout', timeouts.idleMs),
  ].join(' ');
}

/** `SET LOCAL ROLE` and the claims that PostgREST would set; then proves that the role really changed. */
export async function impersonate(session: Session, role: string, claims: string | null): Promise<void> {
  const parsed = claims === null ? {} : JSON.parse(claims) as Record<string, unknown>;
  const all = JSON.stringify({ role, ...parsed });
  const sub = typeof parsed.sub === 'string' ? parsed.sub : '';
  await session.client.query("SELECT set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('request.jwt.claim.role', $3, true)", [all, sub, role]);
  await session.client.query(`SET LOCAL ROLE "${role.replaceAll('"', '""')}"`);
  const { rows } = await session.client.query<{ current_user: string }>('SELECT current_user');
  if (rows[0]?.current_user !== role) throw new Error(`the session is ${rows[0]?.current_user ?? 'unknown'}, not ${role}`);
}

/** Statements in order; gives the error that ends the work. */
async function runAll(session: Session, work: SqlWork, hooks: SqlHooks, trace: LockTrace | null): Promise<SqlOutcome['error']> {
  for (const ready of work.statements) {
    const guarded = work.tolerate.length > 0 || work.mayFail.includes(ready.index);
    if (guarded) await session.client.query('SAVEPOINT deploy_wizard');
    const measured = await runStatement(session, ready);
    const failed = measured.error;
    const tolerated = failed !== null && failed.sqlstate !== null && work.tolerate.includes(failed.sqlstate);
    const expected = failed !== null && work.mayFail.includes(ready.index);
    if (failed && (tolerated || expected)) await session.client.query('ROLLBACK TO SAVEPOINT deploy_wizard');
    const seen = trace && !failed ? await trace.after(session, ready.sql) : { locks: [], rewrites: [], scans: [] };
    await hooks.statement(ready, measured, { tolerated, ...seen });
    if (failed && !tolerated && !expected) return { sqlstate: failed.sqlstate, message: failed.message, statement: ready.index, line: measured.errorLine };
  }
  return null;
}
