import { stepNames } from '../graph/step-name.js';
import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { bounded, oneLine } from './plain.js';

/**
 * What went otherwise than planned, one line each, in the order of the walk:
 * failures, then deviations, then incidents. `only` limits it to some steps.
 */
export function issueLines(state: RunState, graph: Graph, only: readonly string[] | null): string[] {
  const wanted = (id: string | null): boolean => only === null || (id !== null && only.includes(id));
  const title = stepNames(graph);
  const name = (id: string | null): string => (id === null ? 'Run' : title.get(id) ?? id);
  const lines: string[] = [];
  for (const [pass, steps] of Object.entries(state.passes)) {
    const where = pass === 'forward' ? '' : ` (${pass})`;
    for (const step of graph.steps) {
      const known = steps[step.id];
      if (known === undefined || !wanted(step.id)) continue;
      lines.push(...known.earlier.map((one) => `${name(step.id)}${where}: attempt ${one.attempt} failed${because(one.reason)}`));
      if (!['failed', 'blocked', 'unknown'].includes(known.verdict)) continue;
      lines.push(`${name(step.id)}${where}: ${known.verdict}${because(known.problem?.what ?? known.reason ?? known.statements.find((result) => result.error !== null && !result.tolerated)?.error?.message)}`);
    }
  }
  for (const deviation of state.deviations) {
    if (wanted(deviation.step)) lines.push(`${name(deviation.step)}: ${deviation.what}${because(deviation.reason)} (by ${deviation.by})`);
  }
  if (only === null) {
    if (state.problem !== null && lines.every((line) => !line.includes(state.problem?.what ?? ''))) lines.push(state.problem.what);
    lines.push(...state.incidents.map((incident) => incident.text), ...state.windowCrossed.map((crossed) => crossed.text));
  }
  return lines;
}

/** Bounded: the whole of a long reason stands with its step. */
function because(reason: string | null | undefined): string {
  return reason ? `: ${bounded(oneLine(reason), 240)}` : '';
}
