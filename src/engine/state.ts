import type { StatementResult, Blocker, ExpectationVerdict, LockSeen, Progress, Verdict } from '../steps/fact.js';
import type { Question } from '../steps/question.js';
import type { Problem } from '../text/problem.js';
import type * as z from 'zod';
import type { Effect, evidenceSchema, forecastSchema, Mode, Outcome, Proof, RunEvent, TriggerFinding } from './event.js';
import type { TargetIdentity } from './ports.js';

export interface ExpectationState { verdict: ExpectationVerdict; expected: string; actual: string; note: string | null; by: string | null }
export interface Signed { by: string; at: string }

/** What is known of one step in one pass. Times are ISO 8601, durations milliseconds. */
export interface StepState {
  id: string;
  verdict: Verdict;
  attempts: number;
  attemptId: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  durationMs: number | null;
  applied: boolean;
  /** Of the last attempt: number of the event that began it (no clock goes back behind it), hash of what the step was then, and how it can change the world; null: not known. */
  order: number;
  hash: string | null;
  effect: Effect | null;
  /** Lines of the last attempt are missing: of its statements more may have run than are known. */
  gaps: boolean;
  /** COMMIT was about to be sent and no outcome is known yet. */
  committing: boolean;
  /** When the last attempt began. */
  attemptAt: string | null;
  /** Attempts before the last that failed, and why. */
  earlier: { attempt: number; startedAt: string | null; finishedAt: string | null; reason: string }[];
  /** Of the last attempt. */
  statements: StatementResult[];
  expectations: Record<number, ExpectationState>;
  items: Record<number, Signed & { ticked: boolean; note: string | null }>;
  fields: Record<number, Signed & { label: string; value: string; unit: string | null }>;
  approvals: (Signed & { name: string })[];
  notes: (Signed & { text: string })[];
  /** Held by its transaction when COMMIT was sent. */
  locks: LockSeen[];
  blockers: Blocker[];
  /** A shell command of the last attempt was started. */
  commandStarted: boolean;
  /** Of the statement that runs, as last told. */
  progress: Progress | null;
  /** Figures of each time the step was measured, the last of them, and how many times it was in all. */
  rounds: { at: string; statement: number; figures: Record<string, number> }[];
  roundCount: number;
  reason: string | null;
  problem: Problem | null;
}

export interface Deviation extends Signed { step: string | null; pass: string; what: string; reason: string }

/** The fold of a run's events: all that screens, logs and the engine read. */
export interface RunState {
  seq: number;
  run: string;
  mode: Mode;
  version: string;
  guide: { id: string; title: string; path: string; sha256: string };
  environment: string;
  protected: boolean;
  operator: string;
  host: string;
  privacy: 'full' | 'safe';
  ledger: boolean;
  salt: string;
  window: { start: string; end: string } | null;
  rehearsal: { run: string; sha256Matches: boolean; at: string; durations: Record<string, number> } | null;
  stepHashes: Record<string, string>;
  startedAt: string;
  updatedAt: string;
  /** Since when the machine is at what it does now: the last answer, start or result. */
  busySince: string;
  finishedAt: string | null;
  /** When the run passed first: its follow-ups count from here, and it took until here. */
  passedAt: string | null;
  outcome: Outcome | null;
  exitCode: number | null;
  problem: Problem | null;
  log: string | null;
  target: TargetIdentity | null;
  stage: 'baseline' | 'forward' | 'rollback' | 'proof' | 'again' | 'partial';
  pass: string;
  current: { pass: string; step: string } | null;
  asking: Question | null;
  parameters: Record<string, { value: string | null; secret: boolean; origin: string }>;
  captures: Record<string, string | null>;
  choices: Record<string, string>;
  passes: Record<string, Record<string, StepState>>;
  notes: (Signed & { step: string | null; text: string })[];
  deviations: Deviation[];
  /** What is another in the guide than when the run was left before it was last gone on with; null: it is the same. */
  guideChange: string | null;
  /** Number of the last journal line that the ledger's copy is known to have had. */
  copied: number;
  /** The database was put back to an earlier state before the run was last gone on with: how it shows. */
  putBack: string | null;
  /** Number of the last line at which the ledger was found gone; 0: never. */
  ledgerGone: number;
  /** Number of the last line at which it was gone on with by the ledger's copy, which may have come to less than was done; 0: never. */
  fromCopy: number;
  handovers: (Signed & { from: string; fromHost: string; host: string })[];
  rollback: { reason: string; by: string; plan: string[]; uncovered: string[]; complete: boolean | null; undone: string[]; notUndone: string[] } | null;
  proofs: { what: 'rollback' | 'again' | 'partial'; pass: string; after: string | null; proof: Proof }[];
  evidence: z.infer<typeof evidenceSchema> | null;
  forecast: z.infer<typeof forecastSchema> | null;
  triggers: { findings: TriggerFinding[]; untried: string[] } | null;
  logFields: Record<number, { label: string; value: string; by: string }>;
  /** `end`: of the window that was crossed; a run that goes on may get another. */
  windowCrossed: { what: string; text: string; at: string; end: string | null }[];
  /** Sessions that kept a step waiting, each once per step, as last seen: what the log tells of them afterwards. */
  waits: { step: string; pass: string; at: string; blocker: Blocker }[];
  /** Connection losses, doubts settled: what the log must tell. */
  incidents: { at: string; text: string }[];
}

export function emptyStep(id: string): StepState {
  return {
    id, verdict: 'pending', attempts: 0, attemptId: null, attemptAt: null, earlier: [], startedAt: null, finishedAt: null, durationMs: null, applied: false, order: 0, hash: null, effect: null, gaps: false, committing: false,
    statements: [], expectations: {}, items: {}, fields: {}, approvals: [], notes: [], commandStarted: false, locks: [], blockers: [], progress: null, rounds: [], roundCount: 0, reason: null, problem: null,
  };
}

/** How many statements of a step that runs outside a transaction are behind it: where it goes on. */
export function doneStatements({ statements }: StepState): number {
  const last = statements.at(-1);
  return last === undefined ? 0 : last.error === null || last.tolerated ? last.index + 1 : last.index;
}

/** Whether a run can only go on backwards: its rollback is on its way, or undid something. */
export function goesBack({ rollback }: RunState): boolean {
  return rollback !== null && (rollback.complete !== true || rollback.undone.length > 0);
}

/** State of a step in a pass; a pending one where nothing happened yet. */
export function stepState(state: RunState, pass: string, id: string): StepState {
  return state.passes[pass]?.[id] ?? emptyStep(id);
}

export type { RunEvent };
