import type { ReadyStatement, SqlHooks, SqlOutcome, SqlWork } from '../engine/ports.js';
import { valueBeside } from './beside.js';
import { noteAttempt } from './ledger.js';
import { durable, holdFast } from './hold-fast.js';
import { glimpseLocks, sampleLocks } from './lock-sampler.js';
import { halfDone, invalidIndexOf, strayIndexes } from './probe.js';
import { recordMigrations, alreadyListed } from './record.js';
import { serverError } from './server-error.js';
import { runStatement, type MeasuredStatement } from './statement.js';
import type { Session } from './session.js';
import type { Side } from './side.js';
import { anyLength, mayFail, type Settings } from './transaction.js';

const BUILDS = /^\s*(create\s+(unique\s+)?index|reindex)/i;

/** What it leaves half done the same statement brings to its end. */
const ENDS_ITSELF = /^\s*drop\b/i;

/** Outside a transaction these may COMMIT within themselves: what fails further on leaves the rest behind. */
const COMMITS = /^(?:CALL|DO)$/;
/** From the transaction that the number is asked in, over that of one statement, to the one that it is asked in again. */
const UNDIVIDED = 2;

/** How many transactions the session's backend has begun. */
async function transactionNumber(session: Session): Promise<number> {
  const { rows } = await session.run("SELECT split_part(virtualtransaction, '/', 2) FROM pg_locks WHERE locktype = 'virtualxid' AND pid = pg_backend_pid()");
  return Number(rows[0]?.[0]);
}

/**
 * Statements that PostgreSQL refuses inside a transaction, each by itself.
 * The ledger holds `started` before and `committed` after; what happened in
 * between is decided by a probe of the database, never by the ledger.
 */
export async function alone(session: Session, work: SqlWork, hooks: SqlHooks, { timeouts, traceLocks }: Settings, { another, side, keepLock }: { another(): Promise<Session>; side: Side; keepLock(): Promise<void> }): Promise<SqlOutcome> {
  // Of a step that goes on, the entry is made at its end.
  const listed = work.record && work.statements[0]?.index === 0 ? await alreadyListed(session, work.record) : null;
  if (listed !== null) return { state: 'rolled back', error: { sqlstate: null, message: listed, statement: null, line: null }, because: 'error' };
  const kept = work.statements.length === 0 ? null : await noted(session, work, 'started');
  if (kept !== null) return { state: 'rolled back', error: kept, because: kept.sqlstate === '57014' ? 'cancelled' : 'error' };
  await session.client.query(`SET lock_timeout = ${Math.round(work.lockTimeoutMs ?? timeouts.lockMs)}; SET statement_timeout = ${Math.round(work.timeoutMs ?? timeouts.statementMs)}; ${durable('session')}; ${anyLength('session')}`);
  try {
    for (const sql of work.settings) await session.client.query(sql);
    for (const [at, ready] of work.statements.entries()) {
      if (at > 0 && hooks.stopping()) return { state: 'rolled back', error: null, because: 'stopped' };
      if (at > 0 && !(await holdFast(session, 'session', null)).lock) await keepLock();
      const repaired = work.repair ? await dropInvalid(session, ready.sql) : null;
      const commits = COMMITS.test(ready.source.command) ? await transactionNumber(session) : null;
      const { result: measured, traced } = traceLocks
        ? await sampleLocks(another, session, ready.sql, () => runApart(session, ready))
        : await glimpseLocks(side, session.pid, () => runApart(session, ready));
      const failed = measured.error;
      const tolerated = failed?.sqlstate != null && work.tolerate.includes(failed.sqlstate);
      const expected = failed !== null && mayFail(work, ready.index, failed.sqlstate);
      if (repaired !== null) measured.notices.unshift({ severity: 'INFO', message: `dropped the invalid index ${repaired} first, as asked` });
      const strays = BUILDS.test(ready.sql) ? await strayIndexes(ready.sql, (sql, parameters) => session.run(sql, parameters)) : [];
      const stray = strays.length === 0 ? '' : `invalid indexes are left beside it (DROP INDEX CONCURRENTLY when nobody builds them): ${strays.join(', ')}`;
      if (stray !== '') measured.notices.push({ severity: 'WARNING', message: stray });
      await hooks.statements([{ ready, measured, seen: { tolerated, ...traced } }]);
      if (failed && !tolerated && !expected && commits !== null && await transactionNumber(session) - commits > UNDIVIDED) {
        return { state: 'unknown', error: { sqlstate: null, message: `${failed.message}; it had ended transactions of its own by then (COMMIT or ROLLBACK within it): a part of its work may stand`, statement: ready.index, line: measured.errorLine }, because: null };
      }
      const invalid = BUILDS.test(ready.sql) ? await invalidIndexOf(ready.sql, (sql, parameters) => session.run(sql, parameters)) : null;
      if (failed && !tolerated && !expected) {
        const half = await halfDone(ready.sql, (sql, parameters) => session.run(sql, parameters));
        const left = invalid ? `it leaves the invalid index ${invalid}: DROP INDEX CONCURRENTLY ${invalid}; then retry, or resume with --repair-index` : half ?? stray;
        return { state: 'rolled back', error: { sqlstate: failed.sqlstate, message: left === '' ? failed.message : `${failed.message}; ${left}`, statement: ready.index, line: measured.errorLine }, because: failed.sqlstate === '57014' ? 'cancelled' : 'error', ...(invalid ? { invalid } : {}), ...(left === '' || ENDS_ITSELF.test(ready.sql) ? {} : { leaves: true }) };
      }
      if (invalid) return { state: 'rolled back', error: { sqlstate: null, message: `the index ${invalid} is invalid (an earlier build failed): DROP INDEX CONCURRENTLY ${invalid}; then retry, or resume with --repair-index`, statement: ready.index, line: ready.source.line }, because: 'error', invalid };
    }
    // Cut off by the operator's cancel request, a comparison says nothing: it is a person's, once the run goes on.
    let cut = false;
    const good = await hooks.judge(async (sql) => {
      const answer = await valueBeside(session, sql);
      cut ||= 'refused' in answer && hooks.stopping();
      return answer;
    });
    // A role or a search path that the guide set must not meet what is ours.
    await session.reset();
    await session.client.query(durable('session'));
    const open = await noted(session, work, 'committed');
    if (open !== null) return { state: 'rolled back', error: { ...open, message: `${open.message}. All statements of the step stand; retry enters it alone` }, because: open.sqlstate === '57014' ? 'cancelled' : 'error', leaves: true };
    return { state: 'committed', error: null, because: cut ? 'cancelled' : good ? null : 'judged' };
  } finally {
    if (!session.lost) await session.client.query('RESET lock_timeout; RESET statement_timeout; RESET synchronous_commit').catch(() => undefined);
  }
}

/** Writes the ledger's row, and at the end the list of migrations; gives what the server refused of it, or null. */
async function noted(session: Session, work: SqlWork, state: 'started' | 'committed'): Promise<NonNullable<SqlOutcome['error']> | null> {
  try {
    if (work.record && state === 'committed') await recordMigrations(session, work.record);
    if (work.ledger) await noteAttempt(session, work, state);
    return null;
  } catch (thrown) {
    const { sqlstate, message, lost } = serverError(thrown);
    if (sqlstate === null || lost || session.lost) throw thrown;
    return { sqlstate, message: `${message} (in the ledger's row of the step, or in the list of migrations)`, statement: null, line: null };
  }
}

const READ_ONLY = '25006';

/**
 * A query that seems only to read is kept to it: where a function of it wrote, a run that died there would do it again,
 * for no probe is asked of what only reads.
 */
async function runApart(session: Session, ready: ReadyStatement): Promise<MeasuredStatement> {
  if (ready.source.writes || ready.source.command !== 'SELECT') return runStatement(session, ready);
  await session.client.query('BEGIN READ ONLY');
  const measured = await runStatement(session, ready);
  await session.client.query(measured.error === null ? 'COMMIT' : 'ROLLBACK');
  if (measured.error?.sqlstate !== READ_ONLY) return measured;
  return { ...measured, error: { ...measured.error, message: `${measured.error.message}: it writes by a function; give it a step of its own, in a transaction, where it is applied once` } };
}

/** Drops the index that a statement is about to build, where an earlier build left it invalid; gives its name, else null. */
async function dropInvalid(session: Session, sql: string): Promise<string | null> {
  const name = /^\s*create\s/i.test(sql) && BUILDS.test(sql) ? await invalidIndexOf(sql, (text, parameters) => session.run(text, parameters)) : null;
  if (name !== null) await session.run(`DROP INDEX CONCURRENTLY ${name}`);
  return name;
}
