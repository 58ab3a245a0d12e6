import { setTimeout as pause } from 'node:timers/promises';
import type { Attempt, LockHolder, Mirrored, SqlHooks, SqlOutcome, SqlWork, Target, TargetIdentity, Tried } from '../engine/ports.js';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import { alone } from './alone.js';
import { endBlocker } from './blockers.js';
import { cancelRequest } from './cancel-request.js';
import { commitEvidence } from './commit-evidence.js';
import { safeUrl, type ConnectionSpec } from './connection.js';
import { identify, isPooled, targetChanged } from './identity.js';
import { cutOffRun, ensureLedger, mirroredLines, noteStarted, readAttempts, type JournalLine } from './ledger.js';
import { JournalCopy } from './journal-copy.js';
import { ledgerKept } from './ledger-problem.js';
import { probeStatement } from './probe.js';
import { probeTransaction } from './probe-transaction.js';
import { guarded } from './link-watch.js';
import { endsConnection, serverError } from './server-error.js';
import { holderOf, holdsLock, LETS_GO, noteHolder, sayHolder, tryLock } from './run-lock.js';
import { Session } from './session.js';
import { Side } from './side.js';
import { refuseGone, refuseLockLost, refuseWentOn, retakeLock } from './still-ours.js';
import { CommitInDoubt, inTransaction, type Settings } from './transaction.js';
import { watchWork } from './watch-work.js';

const LOCK_TRIES = 10;
const LOCK_PAUSE_MS = 150;
/** Who locks the ledger keeps a run waiting no longer than who locks a table. */
const patience = ({ timeouts }: Settings): string => `SET lock_timeout = ${Math.round(timeouts.lockMs)}`;

export interface TargetOptions extends Settings { applicationName: string; ledger: boolean }

/** Connects to a database and gives it as the engine sees it. Throws a ProblemError (exit 6) when it cannot be reached. */
export async function openTarget(spec: ConnectionSpec, options: TargetOptions): Promise<Target> {
  return new PostgresTarget(spec, options, await Session.open(spec, options.applicationName, patience(options)));
}

class PostgresTarget implements Target {
  private holder: LockHolder | null = null;
  private known: TargetIdentity | null = null;
  private ledgerReady = false;
  private working = false;
  private readonly copy = new JournalCopy();
  /** Made by this process: what it does not have proves nothing. */
  private ledgerIsNew = false;
  /** The last attempt whose COMMIT was answered. */
  private committed: { step: string; attemptId: string } | null = null;
  /** A second connection, for looking. */
  private readonly side: Side;

  constructor(private readonly spec: ConnectionSpec, private readonly options: TargetOptions, private session: Session) {
    this.side = new Side(() => this.connect(`${options.applicationName} (watching)`));
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
    await this.reaching(async () => {
      const session = await this.main();
      await this.verify(session, expected);
      if (this.holder) await this.stillOurs(session, this.holder);
    });
  }

  private async verify(session: Session, expected: TargetIdentity): Promise<void> {
    const now = await identify(session, this.spec, expected.pooled);
    const differs = now.identity !== expected.identity ? 'it is another database' : now.role !== expected.role ? `the role is ${now.role}, not ${expected.role}` : now.standby ? 'it is a standby now' : null;
    if (differs === null) return;
    throw targetChanged(differs, now, 'Find out what changed (failover, DNS, role), then resume.');
  }

  /** A connection to the run's database: what answers may by now be another one, and no query of ours may reach that. */
  private async connect(applicationName: string): Promise<Session> {
    const session = await Session.open(this.spec, applicationName, patience(this.options));
    try {
      if (this.known) await this.verify(session, this.known);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  lock(holder: LockHolder): Promise<LockHolder | null> {
    return this.reaching(() => this.take(holder));
  }

  private async take(holder: LockHolder): Promise<LockHolder | null> {
    const session = await this.main();
    for (let tries = 0; tries < LOCK_TRIES; tries += 1) {
      if (await tryLock(session)) {
        this.holder = holder;
        await (this.ledgerReady ? noteHolder(session, holder) : sayHolder(session, holder));
        return null;
      }
      await pause(LOCK_PAUSE_MS);
    }
    return holderOf(session);
  }

  perform(work: SqlWork, hooks: SqlHooks): Promise<SqlOutcome> {
    return guarded(this.side, () => this.session, () => this.performed(work, hooks));
  }

  private async performed(work: SqlWork, hooks: SqlHooks): Promise<SqlOutcome> {
    if (work.ledger) await this.useLedger();
    const session = await this.reaching(() => this.main());
    this.working = true;
    try {
      const keepLock = async (): Promise<void> => { if (this.holder) await retakeLock(session, this.side, { run: this.holder.run, copy: this.ledgerReady ? this.copy.known : null }, safeUrl(this.spec)); };
      const run = work.mode === 'alone'
        ? () => alone(session, work, hooks, this.options, { another: () => this.connect(`${this.options.applicationName} (sampling)`), side: this.side, keepLock })
        : () => inTransaction(session, work, hooks, this.options, keepLock);
      const result = await watchWork(this.side, session, hooks, run);
      // A server that stops says so in the statement's own error.
      if (result.state === 'committed' && work.ledger && !work.discard && !work.readOnly) this.committed = { step: work.step, attemptId: work.attemptId };
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
      if (!session.lost) {
        await session.reset().catch((thrown: unknown) => { session.drop(serverError(thrown).message); });
        if (session.lost) await hooks.connection('lost', 'the connection was lost after the last statement of the step');
      }
      if (this.holder && !this.ledgerReady && !session.lost) await sayHolder(session, this.holder).catch(() => undefined);
      // Where somebody was faster, the next step that writes finds it out; what this one did is not lost for it.
      if (this.holder && !session.lost && work.statements.some(({ sql }) => LETS_GO.test(sql))) await this.lock(this.holder).catch(() => undefined);
    }
  }

  /** Before every write: the lock is ours, and nobody went on with the run while it was not. */
  private async stillOurs(session: Session, holder: LockHolder): Promise<void> {
    if (!await holdsLock(session) && await this.take(holder) !== null) await this.side.use(refuseLockLost);
    if (this.ledgerReady) await refuseWentOn(session, holder.run, this.copy.known, safeUrl(this.spec));
  }

  /** Whatever was thrown while a transaction is open: nothing of it may stay. */
  private async abandon(session: Session): Promise<void> {
    if (!session.lost) await session.client.query('ROLLBACK').catch(() => undefined);
  }

  /** COMMIT was sent, its answer was not heard: behind the lock barrier the ledger's row decides, without a ledger a probe. */
  private async settle(work: SqlWork, hooks: SqlHooks, message: string): Promise<SqlOutcome> {
    await hooks.connection('lost', `the connection was lost at COMMIT: ${message}`);
    let why: string;
    try {
      const { took, how } = await commitEvidence(await this.main(), work);
      if (took !== null) {
        await hooks.connection('restored', `connected again; ${how} that the COMMIT ${took ? 'took' : 'did not take'}`);
        if (took) return { state: 'committed', error: null, because: null };
        return { state: 'rolled back', error: { sqlstate: '08006', message: `the connection was lost at COMMIT, and ${how} that it did not take`, statement: null, line: null }, because: 'error' };
      }
      why = how;
    } catch (thrown) {
      why = thrown instanceof ProblemError ? thrown.problem.what : serverError(thrown).message;
    }
    return { state: 'unknown', error: { sqlstate: null, message: `The connection was lost at COMMIT, and nothing could say whether it took: ${why}`, statement: null, line: null }, because: null };
  }

  async cancel(): Promise<void> {
    if (!this.working) return;
    const { pid } = this.session;
    await cancelRequest(this.spec, this.session.client).catch(() => this.side.use((side) => side.run('SELECT pg_cancel_backend($1)', [pid]))).catch(() => undefined);
  }

  async endBlocker(pid: number, how: 'cancel' | 'terminate'): Promise<boolean> {
    return this.side.use((side) => endBlocker(side, this.session.pid, pid, how));
  }

  cutOff(guide: string): Promise<LockHolder | null> {
    return this.reaching(async () => cutOffRun(await this.main(), guide, (await this.readIdentity()).identity));
  }

  async attempts(run: string): ReturnType<Target['attempts']> {
    return this.reaching(async () => {
      const rows = await readAttempts(await this.main(), run);
      return this.ledgerIsNew && rows?.length === 0 ? undefined : rows;
    });
  }

  async probe(sql: string, settings: readonly string[] = []): ReturnType<Target['probe']> {
    return this.reaching(async () => {
      const session = await this.main();
      await session.client.query('BEGIN READ ONLY');
      try {
        for (const one of settings) await session.client.query(one);
        return await probeStatement(sql, (text, parameters) => session.run(text, parameters));
      } finally {
        await this.abandon(session);
      }
    });
  }

  async probeTransaction(statements: readonly Tried[]): ReturnType<Target['probeTransaction']> {
    const session = await this.reaching(() => this.main());
    return this.reaching(() => probeTransaction(statements, (text, parameters) => session.run(text, parameters)));
  }

  async noteCommand(attempt: Attempt): Promise<void> {
    if (!this.ledgerReady) return;
    await this.reaching(async () => noteStarted(await this.main(), attempt));
  }

  async mirror(run: string, lines: readonly JournalLine[], patiently = false): Promise<Mirrored> {
    this.copy.add(lines);
    return this.ledgerReady ? this.copy.send(this.side, run, this.session.pid, patiently) : { end: 0, missing: null };
  }

  async mirrored(run: string): Promise<JournalLine[]> {
    const lines = await this.reaching(() => this.side.use((side) => mirroredLines(side, run)));
    this.copy.endsAt(lines.at(-1)?.seq ?? 0);
    return lines;
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
      return await guarded(this.side, () => this.session, work);
    } catch (thrown) {
      if (thrown instanceof ProblemError || !(this.session.lost || serverError(thrown).lost)) throw ledgerKept(thrown, safeUrl(this.spec)) ?? thrown;
      throw new ProblemError({ code: 'connection-lost', what: `The connection was lost: ${serverError(thrown).message}.`, where: safeUrl(this.spec), remedy: 'Nothing was being written. A run that had begun goes on with deploy-wizard resume.' }, EXIT.noConnection, { cause: thrown });
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.session.close(), this.side.close()]);
  }

  async useLedger(): Promise<void> {
    if (this.ledgerReady) return;
    await this.reaching(async () => {
      const session = await this.main();
      this.ledgerIsNew = await ensureLedger(session, safeUrl(this.spec));
      this.ledgerReady = true;
      if (this.holder) await noteHolder(session, this.holder);
    });
  }

  /** The session that holds the lock; after a loss a new one, which must get the lock again and be the same database. */
  private async main(): Promise<Session> {
    if (!this.session.lost) return this.session;
    this.session = await this.connect(this.options.applicationName);
    if (this.known?.pooled === false) await this.refusePooler(this.session);
    if (this.holder) {
      await this.barrier(this.holder);
      try {
        await this.stillOurs(this.session, this.holder);
        if (this.ledgerReady) await refuseGone(this.session, { run: this.holder.run, committed: this.committed, copied: this.copy.known.end }, safeUrl(this.spec));
      } catch (error) {
        // Whoever asks next has to find it out again, and the lock is not for us to keep.
        this.session.drop(messageOf(error));
        throw error;
      }
    }
    return this.session;
  }

  /** A pooler that came between since the run began would keep its lock, and hand it to others. */
  private async refusePooler(session: Session): Promise<void> {
    if (!await this.side.use((side) => isPooled(session, side, this.spec.port)).catch(() => false)) return;
    session.drop('a pooler stands between');
    throw targetChanged('a transaction pooler stands between now', this.known, 'Connect directly or through a session pooler, then resume.');
  }

  /** Waits until the lost session's backend is gone: its lock is free only then. */
  private async barrier(holder: LockHolder): Promise<void> {
    for (let tries = 0; tries < 40; tries += 1) {
      if (await this.lock(holder) === null) return;
    }
    throw new ProblemError({ code: 'lock-lost', what: 'The connection was lost, and its old session still holds the lock.', remedy: 'Wait until it ends (or end it on the server), then deploy-wizard resume.' }, EXIT.refused);
  }
}
