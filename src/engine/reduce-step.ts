import type { StatementResult } from '../steps/fact.js';
import type { RunEvent } from './event.js';
import { emptyStep, type StepState } from './state.js';

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** What the ledger or a probe said of an attempt that a crash cut off. */
export function settleDoubt(known: StepState, { outcome, attemptId, how, seq, number = 1, gaps }: Of<'doubt.settled'>, hash: string | null): StepState {
  // The attempt may be one that this journal never heard the beginning of.
  const unheard = attemptId !== '' && attemptId !== known.attemptId;
  const step = { ...known, gaps: gaps === true, committing: false, attemptId: attemptId || known.attemptId, attempts: Math.max(number, known.attempts), ...(unheard ? { order: seq, hash } : {}) };
  if (outcome === 'unknown') return { ...step, verdict: 'unknown', applied: true, reason: how };
  return { ...step, verdict: 'pending', applied: outcome === 'committed' };
}

/**
 * A new attempt: results of earlier attempts are gone, ticks and fields stay.
 * The same attempt again (it committed, and a person is still to decide): all stays.
 */
export function startStep(step: StepState, event: Of<'step.started'>, hash: string | null): StepState {
  const begun: StepState = { ...step, verdict: 'running', attempts: event.attempt, attemptAt: event.at, gaps: false, reason: null, problem: null, earlier: [...step.earlier, ...failureOf(step)] };
  if (event.attemptId === step.attemptId) return begun;
  return {
    ...begun, attemptId: event.attemptId, order: event.seq, hash, effect: event.effect ?? null, startedAt: step.startedAt ?? event.at, finishedAt: null,
    durationMs: null, committing: false, commandStarted: false, statements: [], expectations: {}, locks: [], blockers: [], progress: null, rounds: [], roundCount: 0,
  };
}

/** Said of a step that did something else then: what was ticked, filled or judged of that is nothing of this one. What the database holds is not forgotten. */
export function forgetStep(step: StepState): StepState {
  return { ...emptyStep(step.id), attempts: step.attempts, attemptId: step.attemptId, earlier: step.earlier, notes: step.notes };
}

/** What the log must tell of an attempt that failed once the next one takes its place. */
function failureOf({ verdict, attempts, attemptAt, finishedAt, problem, reason }: StepState): StepState['earlier'] {
  return verdict === 'failed' ? [{ attempt: attempts, startedAt: attemptAt, finishedAt, reason: problem?.what ?? reason ?? 'failed' }] : [];
}

/** A repeated statement (a monitor's next round, a retry) replaces its earlier result and what followed it. */
export function recordResults(step: StepState, results: readonly StatementResult[]): StepState {
  const from = results[0]?.index ?? 0;
  return { ...step, statements: [...step.statements.filter((other) => other.index < from), ...results], progress: null };
}

export function recordExpectation(step: StepState, event: Of<'expectation.judged'>): StepState {
  const { verdict, expected, actual, note, by } = event;
  return { ...step, expectations: { ...step.expectations, [event.index]: { verdict, expected, actual, note, by } } };
}

export function markCommitting(step: StepState, { attemptId, locks = [] }: Of<'step.committing'>): StepState {
  // Only what writes announces a COMMIT.
  return { ...step, committing: true, attemptId, locks, effect: step.effect === 'none' ? 'transaction' : step.effect };
}

export function closeStep(step: StepState, event: Of<'step.finished'>): StepState {
  // The operator's "it did not take" (pending, not applied) is the only way back from applied.
  const applied = event.applied || (step.applied && event.verdict !== 'pending');
  return {
    ...step, verdict: event.verdict, applied, durationMs: event.durationMs, finishedAt: event.at, committing: event.verdict === 'unknown',
    reason: event.reason, problem: event.problem, blockers: [], progress: null,
  };
}
