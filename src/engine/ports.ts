import type { Measured } from '../assertions/assertion.js';
import type { Answer, Question } from '../steps/question.js';
import type { Attempt, Clock, ShellPort, SqlPort } from '../steps/step.js';

export type { Clock, Attempt, ShellPort, SqlPort, SqlWork, SqlHooks, SqlOutcome, Compared, ReadyStatement, FinishedStatement, MigrationRecord } from '../steps/step.js';

/** Who and what a database is: shown before, and compared at, every write. */
export interface TargetIdentity {
  /** `system_identifier` of the cluster and the database's oid: the same only for the same database. */
  identity: string;
  database: string;
  /** host:port or socket, without credentials. */
  server: string;
  /** `17.4`. */
  version: string;
  major: number;
  role: string;
  superuser: boolean;
  standby: boolean;
  /** Whether a transaction pooler stands between, found by behaviour. */
  pooled: boolean;
  /** TLS in use, such as `TLSv1.3`, or `off`. */
  tls: string;
  /** What of the connection is in use and where it was found; never a password. */
  connection?: string;
  /** Tables by `schema.name` with the planner's row estimate are read on demand, not here. */
}

/** A ledger row: what the database itself knows of an attempt. `late`: it came after the last line of the run's journal that was copied there. */
export interface LedgerAttempt { attemptId: string; step: string; pass: string; number: number; hash: string; state: 'started' | 'committed'; late: boolean }

export interface LockHolder { operator: string; host: string; run: string; since: string }

/** `end`: number of the last line that the ledger's copy is known to have; `missing`: what it lacks, and why; null: nothing. */
export interface Mirrored { end: number; missing: string | null }

/** What the database's state says of an outcome in doubt. */
export interface Probe { state: 'done' | 'not done' | 'half done' | 'unknown'; detail: string }

/** A statement of a transaction that may have committed. `mayFail`: it may have failed there, and tells nothing of the others. */
export interface Tried { sql: string; mayFail: boolean }

/** The target database of a run. */
export interface Target extends SqlPort {
  identify(): Promise<TargetIdentity>;
  /** Compares with the identity of the run's start; throws a ProblemError (exit 3) when it is another database. */
  verifyIdentity(expected: TargetIdentity): Promise<void>;
  /** Polled advisory lock. Null when we hold it now; else who does. */
  lock(holder: LockHolder): Promise<LockHolder | null>;
  /** The last run of a guide that began to write to this database and never ended, as the ledger tells; behind the lock barrier. Null: none. */
  cutOff(guide: string): Promise<LockHolder | null>;
  /** What the ledger knows of a run's attempts, after the lock barrier: one that is not there never committed. Undefined: there is no ledger. */
  attempts(run: string): Promise<LedgerAttempt[] | undefined>;
  /** What the database shows of a non-transactional statement whose outcome is in doubt; `settings`: what held for it. */
  probe(sql: string, settings?: readonly string[]): Promise<Probe>;
  /** Whether a transaction of these statements committed, by what the database shows: where no ledger can be asked. */
  probeTransaction(statements: readonly Tried[]): Promise<Probe>;
  /** Makes the ledger, or brings it up to date: the first thing that is written, so only once the target is confirmed. */
  useLedger(): Promise<void>;
  /** Notes in the ledger, where one is in use, that a command is about to be started: its end the journal alone will know. */
  noteCommand(attempt: Attempt): Promise<void>;
  /** Copies journal lines to the ledger once it is in use, for resume elsewhere and for watch; what could not be copied goes before the next. Where the copy just failed it is not tried again soon, but for `patiently`. Never throws. */
  mirror(run: string, lines: readonly { seq: number; line: string }[], patiently?: boolean): Promise<Mirrored>;
  /** The ledger's copy of a run's journal, in order. */
  mirrored(run: string): Promise<{ seq: number; line: string }[]>;
  /** Runs a query for the wizard's own use (suggestions, pre-checks); read only. */
  query(sql: string, parameters?: unknown[]): Promise<Measured>;
  close(): Promise<void>;
}

/** Where questions go. Rejects with a ProblemError (exit 4) where nobody can answer. */
export interface Operator {
  ask(question: Question): Promise<Answer>;
}

export interface Ports {
  target: Target;
  shell: ShellPort;
  operator: Operator;
  clock: Clock;
  random: { uuid(): string };
}
