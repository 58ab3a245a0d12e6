import type { RunState } from '../engine/state.js';

/** Everybody who led the run, in order, each once. */
export function operatorsOf(state: RunState): string[] {
  const first = state.handovers[0]?.from;
  return [...new Set([...(first === undefined ? [] : [first]), ...state.handovers.map((handover) => handover.by), state.operator])];
}

/** From the first event to the end of the run (of one that passed: not of its follow-ups), in milliseconds; null while it is not over. */
export function runDuration(state: RunState): number | null {
  // A clock that was set back makes no run shorter than nothing.
  const end = state.outcome === 'passed' ? state.passedAt : state.finishedAt;
  return end === null ? null : Math.max(0, Date.parse(end) - Date.parse(state.startedAt));
}

/** Steps per verdict. */
export function countVerdicts(steps: readonly { verdict: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const step of steps) counts[step.verdict] = (counts[step.verdict] ?? 0) + 1;
  return counts;
}
