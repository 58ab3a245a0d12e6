import type { RunState } from '../engine/state.js';

/** Everybody who led the run, in order, each once. */
export function operatorsOf(state: RunState): string[] {
  const first = state.handovers[0]?.from;
  return [...new Set([...(first === undefined ? [] : [first]), ...state.handovers.map((handover) => handover.by), state.operator])];
}

/** From the first event to the last run.finished, in milliseconds; null while the run is not over. */
export function runDuration(state: RunState): number | null {
  // A clock that was set back makes no run shorter than nothing.
  return state.finishedAt === null ? null : Math.max(0, Date.parse(state.finishedAt) - Date.parse(state.startedAt));
}

/** Steps per verdict. */
export function countVerdicts(steps: readonly { verdict: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const step of steps) counts[step.verdict] = (counts[step.verdict] ?? 0) + 1;
  return counts;
}
