import type { Graph } from '../graph/graph.js';
import type { Verdict } from '../steps/fact.js';
import type { LedgerAttempt } from './ports.js';
import type { RunState, StepState } from './state.js';

/** A step that the guide has otherwise now than when it ran. `why`: what the database holds of it, or may hold. */
export interface ChangedStep { pass: string; state: StepState; why: 'applied' | 'carried out' | 'in doubt' }

/** What a step was when it was begun last; null: nothing here knows. */
function begunAs({ state, rows = [], hashes }: Known): string | null {
  const row = rows.at(-1);
  return (row && row.number > state.attempts ? row.hash : state.hash) ?? hashes[state.id] ?? row?.hash ?? null;
}

/** A command that failed may be mended. */
const CARRIED_OUT: ReadonlySet<Verdict> = new Set<Verdict>(['passed', 'warned', 'waived']);

/** Whether a step has changed the world, as far as the journal knows. */
export function takenEffect({ applied, commandStarted, verdict }: StepState): 'applied' | 'carried out' | null {
  return applied ? 'applied' : commandStarted && CARRIED_OUT.has(verdict) ? 'carried out' : null;
}

interface Known { state: StepState; rows?: readonly LedgerAttempt[]; hashes: Readonly<Record<string, string>> }

/** Whether the guide has another step now under that id, or none. */
export function isChanged(graph: Graph, known: Known): boolean {
  const was = begunAs(known);
  const now = graph.steps.find((one) => one.id === known.state.id);
  return !now || (was !== null && was !== now.hash);
}

/** Steps, on the way forward and back, that were applied or whose command was carried out, and that the guide has otherwise now. */
export function changedSteps(graph: Graph, { passes, stepHashes }: RunState): ChangedStep[] {
  return Object.entries(passes).flatMap(([pass, steps]) => Object.values(steps).flatMap((state): ChangedStep[] => {
    const why = takenEffect(state);
    return why !== null && isChanged(graph, { state, hashes: stepHashes }) ? [{ pass, state, why }] : [];
  }));
}

/** Whether the end of its last attempt was not heard, or not understood. */
export function unended({ verdict, committing }: StepState): boolean {
  return verdict === 'running' || verdict === 'unknown' || committing;
}

/**
 * What became of a changed step whose end nobody here heard: null, nothing of it stands. What it did then
 * is not known here any more, so that no probe can look for it; its row in the ledger decides, or nobody.
 * `rows`: its attempts in the ledger; `whole`: what that has not was never there.
 */
export function changedDoubt(state: StepState, rows: readonly LedgerAttempt[], whole: boolean): ChangedStep['why'] | null {
  if (rows.some((one) => one.state === 'committed')) return 'applied';
  const noted = rows.some((one) => one.attemptId === state.attemptId);
  if (rows.some((one) => one.number > state.attempts)) return 'in doubt';
  // A command that ended and failed may be mended.
  if (state.effect === 'command') return (state.commandStarted || noted) && ['running', 'pending', 'unknown'].includes(state.verdict) ? 'in doubt' : null;
  if (noted) return 'in doubt';
  if (!unended(state)) return null;
  switch (state.effect) {
    case 'none': return null;
    // Its row comes and goes with what it did.
    case 'transaction': return whole || (!state.committing && state.verdict !== 'unknown') ? null : 'in doubt';
    // Its row is there before the first statement is sent.
    case 'alone':
    case null: return whole ? null : 'in doubt';
  }
}
