import type { Cell, Judgement, Measured } from '../assertions/assertion.js';
import type { Graph, Step, Statement } from '../graph/graph.js';
import type { Problem } from '../text/problem.js';
import type { Blocker, ExpectationVerdict, Fact, LockSeen, Progress, Verdict } from './fact.js';
import type { Answer, Question } from './question.js';

/** One statement, ready to send. */
export interface ReadyStatement {
  index: number;
  sql: string;
  source: Statement;
}

/** An attempt of a step, as the ledger names it. */
export interface Attempt {
  run: string;
  step: string;
  stepHash: string;
  pass: string;
  attempt: number;
  attemptId: string;
  operator: string;
}

/** SQL of one attempt of a step. */
export interface SqlWork extends Attempt {
  statements: ReadyStatement[];
  /** Outside a transaction: settings of statements that are behind the step already, and that those to come stand on. */
  settings: string[];
  /** `transaction`: one transaction with the ledger row inside; `alone`: each statement by itself. */
  mode: 'transaction' | 'alone';
  /** Nothing may be written: the transaction is READ ONLY. */
  readOnly: boolean;
  /** Nothing that its text tells writes; where it wrote all the same (a function did), it is rolled back, and that is said. */
  reads: boolean;
  /** Roll back at the end even when all is well. */
  discard: boolean;
  as: string | null;
  claims: string | null;
  timeoutMs: number | null;
  lockTimeoutMs: number | null;
  /** SQLSTATEs that count as already done; each statement then runs in a savepoint. */
  tolerate: string[];
  /** Expectations want an error from these statements (by index): run in a savepoint, go on after it. */
  mayFail: number[];
  /** Those of them of which an expectation wants that they are cut off (by a lock, a limit, a cancel request); of the others that is a failure like any. */
  mayBeCut: number[];
  /** Statements (by index) whose own time is asked for: none of these shares a message with others. */
  apart: number[];
  /** Write a ledger row. */
  ledger: boolean;
  /** Enter into Supabase's list of migrations, in the same transaction. */
  record: MigrationRecord | null;
  /** Drop an index of the statement's name that an earlier build left invalid, before it is built again. */
  repair: boolean;
}

/** What a step changes in a list of migrations that another tool keeps. */
export interface MigrationRecord { enter: { version: string; name: string; statements: string[] }[]; remove: string[] }

/** A statement that ran, and what was seen of it. */
export interface FinishedStatement { ready: ReadyStatement; measured: Measured & { errorLine: number | null }; seen: { tolerated: boolean; locks: LockSeen[]; rewrites: string[]; scans?: string[] } }

/** Asks what an expectation compares with, read only, where its step is judged: the first value, or why the server gave none. */
export type Query = (sql: string) => Promise<Compared>;
export type Compared = { value: Cell } | { refused: string };

export interface SqlHooks {
  /** After each message: the statements that it held, in order. */
  statements(finished: readonly FinishedStatement[]): Promise<void>;
  /** Before COMMIT (or at the end in mode `alone`). False rolls the transaction back. */
  judge(query: Query): Promise<boolean>;
  /** The attempt's id must be on disk before COMMIT is sent. */
  committing(attemptId: string, locks: LockSeen[]): Promise<void>;
  /** Somebody blocks us; nobody any more when the list is empty. */
  waiting(blockers: Blocker[]): Promise<void>;
  /** How far the running statement is, where the server tells. */
  progress(progress: Progress): Promise<void>;
  /** The connection broke, or was there again. */
  connection(what: 'lost' | 'restored', text: string): Promise<void>;
  /** True once the operator asked to stop: nothing more is sent after what runs. */
  stopping(): boolean;
}

export interface SqlOutcome {
  /** `unknown`: the connection broke around COMMIT and the ledger could not be asked. */
  state: 'committed' | 'rolled back' | 'unknown';
  /** The error that ended the work, if one did. */
  error: { sqlstate: string | null; message: string; statement: number | null; line: number | null } | null;
  /** An index that a failed build left invalid: building it again needs its removal first. */
  invalid?: string;
  /** Something was left behind that another try would meet (an invalid index of whatever name, a detachment half done, all its own work): it is not tried again by itself. */
  leaves?: boolean;
  /** What COMMIT itself warned of: a standby that was not waited for, a deferred trigger. */
  warnings?: string[];
  /** Why a `rolled back` work was: a statement failed, judged false, discarded on purpose, read only, found to write, cancelled, stopped between statements. */
  because: 'error' | 'judged' | 'writes' | 'discard' | 'read only' | 'cancelled' | 'stopped' | null;
}

/** The database as a step sees it. */
export interface SqlPort {
  perform(work: SqlWork, hooks: SqlHooks): Promise<SqlOutcome>;
  /** Cancels the running statement by a real cancel request. */
  cancel(): Promise<void>;
  /** Cancels the statement of another session, or ends that session: only ever on a person's word. False: the server did not. */
  endBlocker(pid: number, how: 'cancel' | 'terminate'): Promise<boolean>;
}

export interface ShellOutcome { exitCode: number | null; output: string; durationMs: number; cancelled: boolean }

export interface ShellPort {
  /**
   * Runs a script with `sh`; `environment` is all it gets beside PATH, HOME, TERM and LANG. Output lines are passed on as they come.
   * With `terminal` it gets the person's terminal for itself, and its output is theirs alone.
   */
  perform(script: string, options: { environment: Record<string, string>; cwd: string; timeoutMs: number | null; terminal?: boolean; output(chunk: string): void }): Promise<ShellOutcome>;
  cancel(): Promise<void>;
}

export interface Clock { now(): Date; wait(ms: number): Promise<void> }

/** Everything a step may use. */
export interface StepContext {
  graph: Graph;
  step: Step;
  pass: string;
  attempt: number;
  attemptId: string;
  run: string;
  operator: string;
  mode: 'run' | 'rehearsal' | 'dry-run';
  /** Items, fields and approvals of this step that earlier attempts already have. */
  ticked: ReadonlySet<number>;
  filled: ReadonlySet<number>;
  ledger: boolean;
  /** The attempt committed before a crash or a pause: nothing is sent again, only open verdicts are asked. */
  committed: boolean;
  /** Verdicts a person still owes for the committed attempt. */
  owed: readonly { index: number; text: string; actual: string }[];
  /** Statements (outside a transaction) that were done before: the step goes on here. */
  resumeFrom: number;
  /** What was judged of this step before, by expectation. */
  judged: ReadonlyMap<number, { verdict: ExpectationVerdict; actual: string }>;
  /** Different people an approval step needs. */
  approvals: number;
  /** Names that approved this step already. */
  approvedBy: readonly string[];
  sql: SqlPort;
  shell: ShellPort;
  clock: Clock;
  /** Before a command: throws where somebody else went on with the run while a person was asked. */
  stillOurs(): Promise<void>;
  /** Folder that shell commands run in. */
  cwd: string;
  /** Parameters and captures by name. */
  values(): Readonly<Record<string, string | null>>;
  /** What the run itself would answer to a blank of this label; null when it knows nothing. */
  suggest(label: string, unit: string | null): string | null;
  /** A text as the journal would hold it: what is recorded or asked is masked on its way. */
  mask(text: string): string;
  /** Verdict of another step in this pass. */
  verdictOf(step: string): Verdict;
  /** Before a write: the database is the run's, and nobody else went on with it. Throws a ProblemError (exit 3). */
  beforeWrite(): Promise<void>;
  /** The operator asked for an invalid index to be dropped before it is built again. */
  repair: boolean;
  /** True once the operator asked to stop after the statement that runs. */
  stopping(): boolean;
  /** Leaves the step where it is, resumable, once the operator asked to stop. */
  checkStop(): void;
  /** Asks and waits; the engine journals question and answer and handles note, pause and rollback itself. */
  ask(question: Question): Promise<Answer>;
  /** Asks for a value for every parameter in `names` that has none yet. */
  needValues(names: string[]): Promise<void>;
  record(fact: Fact): Promise<void>;
  /** Live output of a shell command, whole lines: masked, shown, not journalled. */
  live(text: string): void;
}

export interface StepOutcome {
  verdict: Exclude<Verdict, 'pending' | 'running'>;
  /** The database (or the world, for a command) holds this step's effects. */
  applied: boolean;
  reason: string | null;
  problem: Problem | null;
}

/** One kind of step. */
export interface StepHandler { perform(context: StepContext): Promise<StepOutcome> }

export type { Judgement };
