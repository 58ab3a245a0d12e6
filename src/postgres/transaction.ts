import { wasCutOff } from '../assertions/cut-off.js';
import type { FinishedStatement, ReadyStatement, SqlHooks, SqlOutcome, SqlWork } from '../engine/ports.js';
import { valueBeside } from './beside.js';
import { holdFast } from './hold-fast.js';
import { impersonate, regainedPower } from './impersonate.js';
import { noteAttempt } from './ledger.js';
import { KNOWN, locksHeld, LockTrace } from './locks.js';
import { recordMigrations, alreadyListed } from './record.js';
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
 * @param keepLock - takes the run's lock again, of which a statement let go; throws where another has it
 */
export async function inTransaction(session: Session, work: SqlWork, hooks: SqlHooks, settings: Settings, keepLock: () => Promise<void>): Promise<SqlOutcome> {
  await session.client.query(work.readOnly ? 'BEGIN READ ONLY' : 'BEGIN');
  await session.client.query(localSettings(work, settings));
  const begun = settingUp(work.statements);
  const early = await runAll(session, { ...work, statements: work.statements.slice(0, begun) }, hooks, null);
  if (early) return undo(session, work, early);
  const looks = !settings.traceLocks && !work.readOnly && !work.discard;
  const answers = await session.client.query({ text: `${ENDS_WITH_US}; ${anyLength('transaction')}${looks ? `; ${KNOWN}` : ''}`, rowMode: 'array' }) as unknown as { rows: string[][] }[];
  const known = new Set(looks ? answers.at(-1)?.rows.map(([oid]) => oid) : []);
  const kept = await booked(session, work);
  if (kept !== null) return undo(session, work, failure(kept));
  const refused = work.as !== null || work.claims !== null ? await impersonate(session, work.as, work.claims) : null;
  const trace = settings.traceLocks ? new LockTrace() : null;
  if (refused === null) await trace?.begin(session);
  const end = refused === null ? await runAll(session, { ...work, statements: work.statements.slice(begun) }, hooks, trace) : failure(refused);
  const failed = end ?? await stillOurs(session, work);
  if (failed) return undo(session, work, failed);
  const locks = looks ? await locksHeld(session, known) : [];
  const good = await judged(session, hooks);
  if (typeof good === 'object') return undo(session, work, good);
  if (!good || work.discard || work.readOnly) {
    await rollBack(session, work);
    return { state: good ? 'committed' : 'rolled back', error: null, because: !good ? 'judged' : work.discard ? 'discard' : 'read only' };
  }
  if (work.reads) {
    // A function may write where no statement's text tells: an operator has to know it first, and the ledger to prove it.
    if ((await session.run('SELECT pg_current_xact_id_if_assigned() IS NOT NULL')).rows[0]?.[0] === 't') {
      await rollBack(session, work);
      return { state: 'rolled back', error: null, because: 'writes' };
    }
    await session.client.query('COMMIT');
    return { state: 'committed', error: null, because: null };
  }
  const held = await holdFast(session, 'transaction', work.ledger && !work.discard ? work.attemptId : null);
  if (held.gone) return undo(session, work, failure({ ...held.gone, statement: null, line: null }));
  if (!held.lock) await keepLock();
  await hooks.committing(work.attemptId, locks);
  return commit(session);
}

/** What the step's transaction says of itself, before its statements; gives what the server refused of it, or why it must not run. */
async function booked(session: Session, work: SqlWork): Promise<NonNullable<SqlOutcome['error']> | null> {
  try {
    if (work.ledger && !work.readOnly && !work.discard) await noteAttempt(session, work, 'committed');
    const listed = work.record ? await alreadyListed(session, work.record) : null;
    if (listed !== null) return { sqlstate: null, message: listed, statement: null, line: null };
    if (work.record) await recordMigrations(session, work.record);
    return null;
  } catch (thrown) {
    const { sqlstate, message, lost } = serverError(thrown);
    if (sqlstate === null || lost || session.lost) throw thrown;
    return { sqlstate, message: `${message} (in the ledger's row of the step, or in the list of migrations)`, statement: null, line: null };
  }
}

const failure = (error: NonNullable<SqlOutcome['error']>): SqlOutcome => ({ state: 'rolled back', error, because: error.sqlstate === '57014' ? 'cancelled' : 'error' });

/** The step's verdict, or the failure that what it is compared with ran into. */
async function judged(session: Session, hooks: SqlHooks): Promise<boolean | SqlOutcome> {
  try {
    return await hooks.judge((sql) => valueBeside(session, sql));
  } catch (thrown) {
    const { sqlstate, message, lost } = serverError(thrown);
    if (sqlstate === null || lost || session.lost) throw thrown;
    return failure({ sqlstate, message: `${message} (in what an expectation compares with)`, statement: null, line: null });
  }
}

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
    session.takeNotices();
    const { command } = await session.client.query('COMMIT');
    const warnings = session.takeNotices().filter(({ severity }) => severity === 'WARNING').map(({ message }) => message);
    // COMMIT of a failed transaction raises nothing: its tag is ROLLBACK.
    if (command === 'COMMIT') return { state: 'committed', error: null, because: null, ...(warnings.length > 0 ? { warnings } : {}) };
    return failure({ sqlstate: '25P02', message: 'COMMIT answered ROLLBACK: the transaction had failed', statement: null, line: null });
  } catch (thrown) {
    const error = serverError(thrown);
    if (error.lost || session.lost) throw new CommitInDoubt(error.message, { cause: thrown });
    return failure({ sqlstate: error.sqlstate, message: error.message, statement: null, line: null });
  }
}

async function undo(session: Session, work: SqlWork, outcome: SqlOutcome): Promise<SqlOutcome> {
  await rollBack(session, work);
  return outcome;
}

async function rollBack(session: Session, { statements }: SqlWork): Promise<void> {
  if (session.lost) return;
  await session.client.query('ROLLBACK');
  // No transaction takes these back; the next try would find them there.
  for (const { sql } of statements) {
    const name = PREPARES.exec(sql)?.[1];
    if (name !== undefined) await session.client.query(`DEALLOCATE ${name}`).catch(() => undefined);
  }
}

const PREPARES = /^prepare\s+("(?:[^"]|"")+"|[^\s("]+)/i;

/** How many statements set up the transaction itself: `SET TRANSACTION` has to come before its first query (the mode of writing aside), and ours would be the first. */
function settingUp(statements: SqlWork['statements']): number {
  const others = statements.findIndex(({ sql }) => !/^(?:set|reset)\b/i.test(sql) || TAKES_ROLE.test(sql));
  return statements.slice(0, others === -1 ? statements.length : others).findLastIndex(({ sql }) => /^set\s+transaction\b[\s\S]*\b(?:isolation|deferrable|snapshot)\b/i.test(sql)) + 1;
}

/**
 * A server that runs a long statement notices that its client is gone only at
 * the end of it, and holds every lock till then, the run's own too. Nothing of
 * a transaction without COMMIT can stay, so it may as well end at once (not so
 * a statement outside a transaction, which is better brought to its end). The
 * setting came with PostgreSQL 14; Windows cannot have it.
 */
const ENDS_WITH_US = "SELECT set_config('client_connection_check_interval', '1000', true) WHERE current_setting('client_connection_check_interval', true) = '0' AND version() !~* 'mingw|visual c'";

/** A limit that the server or the role sets for every transaction ends the session (PostgreSQL 17 on); each statement has a limit of the step's own. */
export function anyLength(until: 'transaction' | 'session'): string {
  return `SELECT set_config('transaction_timeout', '0', ${until === 'transaction'}) WHERE current_setting('transaction_timeout', true) <> '0'`;
}

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
  // A savepoint of ours around one of the guide's would end with it, or take it along.
  const guarded = ({ index, sql }: { index: number; sql: string }): boolean => (work.tolerate.length > 0 || work.mayFail.includes(index)) && !/^(?:savepoint|release|rollback)\b/i.test(sql);
  // What one shared message did is told while the next one runs.
  let telling: Promise<void> = Promise.resolve();
  // What is looked at between two statements cannot share a message.
  const takesRole = ({ sql }: { sql: string }): boolean => work.as !== null && TAKES_ROLE.test(sql);
  const apart = (ready: ReadyStatement): boolean => trace !== null || guarded(ready) || takesRole(ready) || work.apart.includes(ready.index);
  for (let at = 0; at < work.statements.length;) {
    if (at > 0 && hooks.stopping()) return { state: 'rolled back', error: null, because: 'stopped' };
    const [first] = work.statements.slice(at, at + 1);
    const [before] = work.statements.slice(Math.max(0, at - 1), at);
    // Nothing may run with the connection's own rights, also where the role is taken again later; a function may have given it back.
    if (work.as !== null && first && before && !takesRole(first) && session.transaction === 'T') {
      const refused = await regainedPower(session, work.as);
      if (refused !== null) return failure({ ...refused, statement: before.index, line: before.source.line });
    }
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
    const bad = finished.find(({ ready, measured, seen }) => measured.error !== null && !seen.tolerated && !mayFail(work, ready.index, measured.error.sqlstate));
    if (bad || group.length === 1) await telling;
    if (bad?.measured.error) return failure({ ...bad.measured.error, statement: bad.ready.index, line: bad.measured.errorLine });
    at += group.length;
  }
  await telling;
  return null;
}

/** Whether an expectation wants that error of a statement, or may. */
export function mayFail({ mayFail: some, mayBeCut }: SqlWork, index: number, sqlstate: string | null): boolean {
  return some.includes(index) && (!wasCutOff(sqlstate) || mayBeCut.includes(index));
}

/** Statements that take a role, or give one back. */
const TAKES_ROLE = /\b(?:role|session\s+authorization)\b/i;

async function runGroup(session: Session, group: SqlWork['statements'], guarded: (ready: ReadyStatement) => boolean): Promise<Ran[]> {
  const [only] = group;
  if (!only || group.length > 1) return runTogether(session, group);
  if (!guarded(only)) return [{ ready: only, measured: await runStatement(session, only) }];
  await session.client.query('SAVEPOINT deploy_wizard');
  const measured = await runStatement(session, only);
  // Never left open: thousands of them would exhaust the server's shared memory.
  if (measured.error) await session.client.query('ROLLBACK TO SAVEPOINT deploy_wizard');
  await session.client.query('RELEASE SAVEPOINT deploy_wizard');
  return [{ ready: only, measured }];
}
