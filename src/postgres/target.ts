import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { LockHolder, SqlHooks, SqlOutcome, SqlWork, Target, TargetIdentity } from '../engine/ports.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { alone } from './alone.js';
import { endBlocker } from './blockers.js';
import { cancelRequest } from './cancel-request.js';
import { driverConfig, safeUrl, type ConnectionSpec } from './connection.js';
import { identify, isPooled } from './identity.js';
import { ensureLedger, mirroredLines, mirrorLine, readAttempt } from './ledger.js';
import { probeStatement } from './probe.js';
import { endsConnection, serverError } from './server-error.js';
import { Session } from './session.js';
import { Side } from './side.js';
import { CommitInDoubt, inTransaction, type Settings } from './transaction.js';
import { watchWork } from './watch-work.js';

/** Key of the advisory lock: one run per database. Any constant does, as long as it never changes. */
const LOCK_KEY = 7_236_071_902_411;
/** Statements that let go of the locks of their session. */
const LETS_GO = /\bdiscard\s+all\b|\bpg_advisory_unlock/i;
const LOCK_TRIES = 10;
const LOCK_PAUSE_MS = 150;

export interface TargetOptions extends Settings { applicationName: string; ledger: boolean }

/** Connects to a database and gives it as the engine sees it. Throws a ProblemError (exit 6) when it cannot be reached. */
export async function openTarget(spec: ConnectionSpec, options: TargetOptions): Promise<Target> {
  return new PostgresTarget(spec, options, await Session.open(spec, options.applicationName));
}

class PostgresTarget implements Target {
  private holder: LockHolder | null = null;
  private known: TargetIdentity | null = null;
  private ledgerReady = false;
  private working = false;
  /** A second connection, for looking. */
  private readonly side: Side;

  constructor(private readonly spec: ConnectionSpec, private readonly options: TargetOptions, private session: Session) {
    this.side = new Side(() => Session.open(spec, `${options.applicationName} (watching)`));
  }

  identify(): Promise<TargetIdentity> {
    return this.reaching(() => this.readIdentity());
  }

  private async readIdentity(): Promise<TargetIdentity> {
    const main = await this.main();
    this.known ??= await identify(main, this.spec, await this.side.use((side) => isPooled(main, side, this.spec.port)));
    return this.known;
  }

  async verifyIdentity(expected: TargetIdentity): Promise<void> {
    const now = await this.reaching(async () => identify(await this.main(), this.spec, expected.pooled));
    const differs = now.identity !== expected.identity ? 'it is another database' : now.role !== expected.role ? `the role is ${now.role}, not ${expected.role}` : now.standby ? 'it is a standby now' : null;
    if (differs === null) return;
    throw new ProblemError({
      code: 'target-changed', what: `The database is not the one this run began on: ${differs}.`, where: `${now.database} at ${now.server}`,
      remedy: 'Nothing more was written. Find out what changed (failover, DNS, role), then resume.',
    }, EXIT.refused);
  }

  lock(holder: LockHolder): Promise<LockHolder | null> {
    return this.reaching(() => this.take(holder));
  }

  private async take(holder: LockHolder): Promise<LockHolder | null> {
    const session = await this.main();
    for (let tries = 0; tries < LOCK_TRIES; tries += 1) {
      // Polled, never blocking: a waiter would deadlock with CREATE INDEX CONCURRENTLY.
      if ((await session.run('SELECT pg_try_advisory_lock($1)', [LOCK_KEY])).rows[0]?.[0] === 't') {
        this.holder = holder;
        if (this.options.ledger) await this.noteHolder(holder);
        return null;
      }
      await pause(LOCK_PAUSE_MS);
    }
    return this.otherHolder();
  }

  private async noteHolder(holder: LockHolder): Promise<void> {
    await this.ledger();
    await (await this.main()).client.query('INSERT INTO deploy_wizard.holder (operator, host, run, since) VALUES ($1, $2, $3, $4) ON CONFLICT (one) DO UPDATE SET operator = excluded.operator, host = excluded.host, run = excluded.run, since = excluded.since', [holder.operator, holder.host, holder.run, holder.since]);
  }

  private async otherHolder(): Promise<LockHolder> {
    const session = await this.main();
    const unknown: LockHolder = { operator: 'somebody', host: 'an unknown host', run: 'unknown', since: 'unknown' };
    if ((await session.run("SELECT to_regclass('deploy_wizard.holder') IS NOT NULL")).rows[0]?.[0] === 't') {
      const [operator, host, run, since] = (await session.run('SELECT operator, host, run, since FROM deploy_wizard.holder')).rows[0] ?? [];
      if (operator != null) return { operator, host: host ?? '', run: run ?? '', since: since ?? '' };
    }
    const { rows } = await session.run("SELECT a.usename, coalesce(a.client_addr::text, 'a local socket'), a.backend_start FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND (l.classid::bigint << 32 | l.objid::bigint) = $1", [LOCK_KEY]);
    return { ...unknown, operator: rows[0]?.[0] ?? unknown.operator, host: rows[0]?.[1] ?? unknown.host, since: rows[0]?.[2] ?? unknown.since };
  }

  async perform(work: SqlWork, hooks: SqlHooks): Promise<SqlOutcome> {
    if (work.ledger) await this.reaching(() => this.ledger());
    const session = await this.reaching(() => this.main());
    this.working = true;
    try {
      const run: typeof inTransaction = work.mode === 'alone' ? (...given) => alone(...given, () => Session.open(this.spec, `${this.options.applicationName} (sampling)`)) : inTransaction;
      const result = await watchWork(this.side, session, hooks, () => run(session, work, hooks, this.options));
      // A server that stops says so in the statement's own error.
      if (session.lost || endsConnection(result.error?.sqlstate ?? null)) await hooks.connection('lost', `the connection was lost: ${result.error?.message ?? 'it was closed'}`);
      return result;
    } catch (thrown) {
      if (thrown instanceof CommitInDoubt) return await this.settle(work, hooks, thrown.message);
      if (thrown instanceof ProblemError) { await this.abandon(session); throw thrown; }
      const { sqlstate, message, lost } = serverError(thrown);
      if (!lost && !session.lost) { await this.abandon(session); throw thrown; }
      const error = { sqlstate, message: `the connection was lost: ${message}`, statement: null, line: null };
      await hooks.connection('lost', error.message);
      // Outside a transaction the statement may have taken effect: a probe decides, later.
      return work.mode === 'alone' ? { state: 'unknown', error, because: null } : { state: 'rolled back', error, because: 'error' };
    } finally {
      this.working = false;
      // Settings, role and claims that a statement left behind must not reach the next step.
      if (!session.lost) await session.reset().catch(() => undefined);
      if (this.holder && !session.lost && work.statements.some(({ sql }) => LETS_GO.test(sql))) await this.keepLock(this.holder);
    }
  }

  /** DISCARD ALL lets go of every advisory lock, the run's own too: it is taken again, or the run ends. */
  private async keepLock(holder: LockHolder): Promise<void> {
    const other = await this.lock(holder);
    if (other === null) return;
    throw new ProblemError({
      code: 'lock-lost', what: `A statement let go of the run's lock, and ${other.operator} on ${other.host} took it (run ${other.run}).`, remedy: 'Wait for that run, then deploy-wizard resume. Take DISCARD ALL out of the guide.',
    }, EXIT.refused);
  }

  /** Whatever was thrown while a transaction is open: nothing of it may stay. */
  private async abandon(session: Session): Promise<void> {
    if (!session.lost) await session.client.query('ROLLBACK').catch(() => undefined);
  }

  /** COMMIT was sent, its answer was not heard: behind the lock barrier the ledger's row decides. */
  private async settle(work: SqlWork, hooks: SqlHooks, message: string): Promise<SqlOutcome> {
    const unknown: SqlOutcome = { state: 'unknown', error: null, because: null };
    await hooks.connection('lost', `the connection was lost at COMMIT: ${message}`);
    if (!work.ledger) return unknown;
    try {
      await this.main();
      const row = await readAttempt(await this.main(), work.attemptId);
      if (row === undefined) return unknown;
      await hooks.connection('restored', `connected again; the ledger shows that the COMMIT ${row === null ? 'did not take' : 'took'}`);
      if (row !== null) return { state: 'committed', error: null, because: null };
      return { state: 'rolled back', error: { sqlstate: '08006', message: 'the connection was lost at COMMIT, and the ledger shows that it did not take', statement: null, line: null }, because: 'error' };
    } catch {
      return unknown;
    }
  }

  async cancel(): Promise<void> {
    if (!this.working) return;
    const { pid } = this.session;
    await cancelRequest(this.spec, this.session.client).catch(() => this.side.use((side) => side.run('SELECT pg_cancel_backend($1)', [pid]))).catch(() => undefined);
  }

  async endBlocker(pid: number, how: 'cancel' | 'terminate'): Promise<boolean> {
    return this.side.use((side) => endBlocker(side, this.session.pid, pid, how));
  }

  async attempt(attemptId: string): ReturnType<Target['attempt']> {
    return this.reaching(async () => readAttempt(await this.main(), attemptId));
  }

  async probe(sql: string): ReturnType<Target['probe']> {
    return this.reaching(async () => {
      const session = await this.main();
      return probeStatement(sql, (text, parameters) => session.run(text, parameters));
    });
  }

  async mirror(run: string, seq: number, line: string): Promise<void> {
    await this.ledger();
    await this.side.use((side) => mirrorLine(side, run, seq, line));
  }

  async mirrored(run: string): Promise<string[]> {
    return this.reaching(() => this.side.use((side) => mirroredLines(side, run)));
  }

  async query(sql: string, parameters: unknown[] = []): ReturnType<Target['query']> {
    return this.side.use(async (session) => {
      await session.client.query('BEGIN READ ONLY');
      try {
        return await session.run(sql, parameters);
      } finally {
        if (!session.lost) await session.client.query('ROLLBACK');
      }
    });
  }

  /** Work before or between steps: a connection that breaks there has broken nothing. */
  private async reaching<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof ProblemError || !(this.session.lost || serverError(thrown).lost)) throw thrown;
      throw new ProblemError({ code: 'connection-lost', what: `The connection was lost: ${serverError(thrown).message}.`, where: safeUrl(this.spec), remedy: 'Nothing was being written. A run that had begun goes on with deploy-wizard resume.' }, EXIT.noConnection, { cause: thrown });
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.session.close(), this.side.close()]);
  }

  private async ledger(): Promise<void> {
    if (this.ledgerReady) return;
    await ensureLedger(await this.main());
    this.ledgerReady = true;
  }

  /** The session that holds the lock; after a loss a new one, which must get the lock again and be the same database. */
  private async main(): Promise<Session> {
    if (!this.session.lost) return this.session;
    this.session = await Session.open(this.spec, this.options.applicationName);
    if (this.known) await this.verifyIdentity(this.known);
    if (this.holder) await this.barrier(this.holder);
    return this.session;
  }

  /** Waits until the lost session's backend is gone: its lock is free only then. */
  private async barrier(holder: LockHolder): Promise<void> {
    for (let tries = 0; tries < 40; tries += 1) {
      if (await this.lock(holder) === null) return;
    }
    throw new ProblemError({ code: 'lock-lost', what: 'The connection was lost, and its old session still holds the lock.', remedy: 'Wait until it ends (or end it on the server), then deploy-wizard resume.' }, EXIT.refused);
  }
}

/** A connection for LISTEN; the caller ends it. */
export async function openListener(spec: ConnectionSpec): Promise<pg.Client> {
  const client = new pg.Client(driverConfig(spec, 'deploy-wizard watch'));
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
