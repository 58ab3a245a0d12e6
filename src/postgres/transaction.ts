import type { FinishedStatement, SqlHooks, SqlOutcome, SqlWork } from '../engine/ports.js';
import { impersonate, regainedPower } from './impersonate.js';
import { noteAttempt } from './ledger.js';
import { KNOWN, locksHeld, LockTrace } from './locks.js';
import { recordMigrations } from './record.js';
import { serverError } from './server-error.js';
import type { Session } from './session.js';
import { runStatement } from './statement.js';
import { nextGroup, Pace, runTogether, type Ran } from './together.js';

export interface Settings {
  timeouts: { lockMs: number; statementMs: number; idleMs: number };
  traceLocks: boolean;
}

/** Thrown when COMMIT was sent and its answer never came: only the ledger knows. */
export class CommitInDoubt extends Error {}

const NOTHING_SEEN = { tolerated: false, locks: [], rewrites: [] };

/**
 * One transaction: timeouts, ledger row, role, statements, judgement, COMMIT.
 * The ledger row is written before the role changes, inside the same
 * transaction: where it exists, the step committed.
 */
export async function inTransaction(session: Session, work: SqlWork, hooks: SqlHooks, settings: Settings): Promise<SqlOutcome> {
  await session.client.query(work.readOnly ? 'BEGIN READ ONLY' : 'BEGIN');
  await session.client.query(localSettings(work, settings));
  // An isolation level can be set before the first query only, and ours would be the first.
  const modes = work.statements.findIndex((one) => !/^set\s+transaction\s+(isolation|deferrable|not\s+deferrable)\b/i.test(one.sql));
  const early = await runAll(session, { ...work, statements: work.statements.slice(0, Math.max(0, modes)) }, hooks, null);
  if (early) return undo(session, early);
  const looks = !settings.traceLocks && !work.readOnly && !work.discard;
  const answers = await session.client.query({ text: `${ENDS_WITH_US}${looks ? `; ${KNOWN}` : ''}`, rowMode: 'array' }) as unknown as { rows: string[][] }[];
  const known = new Set(looks ? answers.at(-1)?.rows.map(([oid]) => oid) : []);
  if (work.ledger && !work.readOnly && !work.discard) await noteAttempt(session, work, 'committed');
  if (work.record) await recordMigrations(session, work.record);
  const refused = work.as !== null || work.claims !== null ? await impersonate(session, work.as, work.claims) : null;
  const trace = settings.traceLocks ? new LockTrace() : null;
  if (refused === null) await trace?.begin(session);
  const end = refused === null ? await runAll(session, { ...work, statements: work.statements.slice(Math.max(0, modes)) }, hooks, trace) : failure(refused);
  const failed = end ?? await stillOurs(session, work);
  if (failed) return undo(session, failed);
  const locks = looks ? await locksHeld(session, known) : [];
  const good = await hooks.judge(async (sql) => (await session.run(sql)).rows[0]?.[0] ?? null);
  if (!good || work.discard || work.readOnly) {
    await rollBack(session);
    return { state: good ? 'committed' : 'rolled back', error: null, because: !good ? 'judged' : work.discard ? 'discard' : 'read only' };
  }
  // Last of all: a guide that loads much may have turned it off.
  await session.client.query(durable('transaction'));
  await hooks.committing(work.attemptId, locks);
  return commit(session);
}

const failure = (error: NonNullable<SqlOutcome['error']>): SqlOutcome => ({ state: 'rolled back', error, because: error.sqlstate === '57014' ? 'cancelled' : 'error' });

/** The transaction is open and has its role: what the guide's own text could have taken from us. */
async function stillOurs(session: Session, work: SqlWork): Promise<SqlOutcome | null> {
  if (session.transaction !== 'T') {
    return { state: 'unknown', error: { sqlstate: '25P01', message: 'a statement ended the transaction that the step runs in: what ran may stand', statement: null, line: null }, because: null };
  }
  const refused = work.as === null ? null : await regainedPower(session, work.as);
  return refused && failure(refused);
}

async function commit(session: Session): Promise<SqlOutcome> {
  try {
    const { command } = await session.client.query('COMMIT');
    // COMMIT of a failed transaction raises nothing: its tag is ROLLBACK.
    if (command === 'COMMIT') return { state: 'committed', error: null, because: null };
    return failure({ sqlstate: '25P02', message: 'COMMIT answered ROLLBACK: the transaction had failed', statement: null, line: null });
  } catch (thrown) {
    const error = serverError(thrown);
    if (error.lost || session.lost) throw new CommitInDoubt(error.message, { cause: thrown });
    return failure({ sqlstate: error.sqlstate, message: error.message, statement: null, line: null });
  }
}

async function undo(session: Session, outcome: SqlOutcome): Promise<SqlOutcome> {
  await rollBack(session);
  return outcome;
}

async function rollBack(session: Session): Promise<void> {
  if (!session.lost) await session.client.query('ROLLBACK');
}

/** An answered COMMIT must be on disk: a server that may forget it in a crash would make the journal lie. */
export function durable(until: 'transaction' | 'session'): string {
  return `SELECT set_config('synchronous_commit', 'on', ${until === 'transaction'}) WHERE current_setting('synchronous_commit') = 'off'`;
}

/**
 * A server that runs a long statement notices that its client is gone only at
 * the end of it, and holds every lock till then, the run's own too. Nothing of
 * a transaction without COMMIT can stay, so it may as well end at once (not so
 * a statement outside a transaction, which is better brought to its end). The
 * setting came with PostgreSQL 14; Windows cannot have it.
 */
const ENDS_WITH_US = "SELECT set_config('client_connection_check_interval', '1000', true) WHERE current_setting('client_connection_check_interval', true) = '0' AND version() !~* 'mingw|visual c'";

function localSettings(work: SqlWork, { timeouts }: Settings): string {
  const set = (name: string, ms: number): string => `SET LOCAL ${name} = ${Math.max(0, Math.round(ms))};`;
  return [
    set('lock_timeout', work.lockTimeoutMs ?? timeouts.lockMs), set('statement_timeout', work.timeoutMs ?? timeouts.statementMs),
    set('idle_in_transaction_session_timeout', timeouts.idleMs),
  ].join(' ');
}

/** Statements in order, as few messages as their pace allows; gives what ends the work early. */
async function runAll(session: Session, work: SqlWork, hooks: SqlHooks, trace: LockTrace | null): Promise<SqlOutcome | null> {
  const pace = new Pace();
  const guarded = (index: number): boolean => work.tolerate.length > 0 || work.mayFail.includes(index);
  // What one shared message did is told while the next one runs.
  let telling: Promise<void> = Promise.resolve();
  // What is looked at between two statements cannot share a message.
  const apart = ({ index }: { index: number }): boolean => trace !== null || guarded(index) || work.apart.includes(index);
  for (let at = 0; at < work.statements.length;) {
    if (at > 0 && hooks.stopping()) return { state: 'rolled back', error: null, because: 'stopped' };
    const group = nextGroup(work.statements.slice(at, at + pace.next), pace.next, apart);
    const start = performance.now();
    const ran = await runGroup(session, group, guarded);
    pace.took(performance.now() - start, group.length);
    await telling;
    const finished: FinishedStatement[] = [];
    for (const { ready, measured } of ran) {
      const tolerated = measured.error?.sqlstate != null && work.tolerate.includes(measured.error.sqlstate);
      finished.push({ ready, measured, seen: trace && !measured.error ? { tolerated, ...await trace.after(session, ready.sql) } : { ...NOTHING_SEEN, tolerated } });
    }
    telling = hooks.statements(finished);
    // Heard when it is awaited; until then it is nobody's rejection.
    telling.catch(() => undefined);
    const bad = finished.find(({ ready, measured, seen }) => measured.error !== null && !seen.tolerated && !work.mayFail.includes(ready.index));
    if (bad || group.length === 1) await telling;
    if (bad?.measured.error) return failure({ ...bad.measured.error, statement: bad.ready.index, line: bad.measured.errorLine });
    at += group.length;
  }
  await telling;
  return null;
}

async function runGroup(session: Session, group: SqlWork['statements'], guarded: (index: number) => boolean): Promise<Ran[]> {
  const [only] = group;
  if (!only || group.length > 1) return runTogether(session, group);
  if (!guarded(only.index)) return [{ ready: only, measured: await runStatement(session, only) }];
  await session.client.query('SAVEPOINT deploy_wizard');
  const measured = await runStatement(session, only);
  // Never left open: thousands of them would exhaust the server's shared memory.
  if (measured.error) await session.client.query('ROLLBACK TO SAVEPOINT deploy_wizard');
  await session.client.query('RELEASE SAVEPOINT deploy_wizard');
  return [{ ready: only, measured }];
}
