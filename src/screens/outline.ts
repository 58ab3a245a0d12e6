import type { Graph, Step } from '../graph/graph.js';
import { stepState, type RunState } from '../engine/state.js';
import { formatDuration } from '../text/duration.js';
import { displayWidth } from '../text/width.js';
import { fill, line, span, type Line } from './line.js';
import { verdicts } from './theme.js';

/** Steps of the pass that is shown: the way forward, or the rollback. */
export function stepsOf(graph: Graph, state: RunState): Step[] {
  const back = state.pass.includes('rollback');
  return graph.steps.filter((one) => (one.role === 'rollback') === back && (!back || state.rollback === null || state.rollback.plan.includes(one.id) || graph.rollback.some((part) => part.id === one.id && part.verifies)));
}

/** A name that tells a step from its neighbours of the same heading. */
export function nameOf(graph: Graph, step: Step): string {
  const same = graph.steps.filter((one) => one.title === step.title);
  return same.length > 1 ? `${step.title} · ${same.indexOf(step) + 1}/${same.length}` : step.title;
}

/** Phases and steps with their verdicts; `at` is the line of the marked step. */
export function outlineLines(graph: Graph, state: RunState, marked: string | null, width: number): { lines: Line[]; at: number } {
  const lines: Line[] = [];
  let phase = '';
  let at = 0;
  for (const step of stepsOf(graph, state)) {
    if (step.phase !== phase) {
      phase = step.phase;
      lines.push(line(span(graph.phases.find((one) => one.id === phase)?.title ?? phase, 'plain', true)));
    }
    const known = stepState(state, state.pass, step.id);
    const { glyph, tone } = verdicts[known.verdict];
    const took = known.durationMs !== null && known.durationMs >= 1 ? formatDuration(known.durationMs) : state.rehearsal?.durations[step.id] ? `~${formatDuration(state.rehearsal.durations[step.id] ?? 0)}` : '';
    if (step.id === marked) at = lines.length;
    const room = Math.max(4, width - 4 - (took === '' ? 0 : displayWidth(took) + 1));
    lines.push([span(step.id === marked ? '› ' : '  ', 'accent'), span(`${glyph} `, tone), ...fill(line(span(nameOf(graph, step), step.id === marked ? 'key' : known.verdict === 'pending' ? 'muted' : 'plain')), room), span(took === '' ? '' : ` ${took}`, 'muted')]);
  }
  return { lines, at };
}

/** `7/20` and a bar: how far the pass is. */
export function progress(graph: Graph, state: RunState): { done: number; all: number } {
  const steps = stepsOf(graph, state);
  return { done: steps.filter((one) => !['pending', 'running', 'failed', 'unknown'].includes(stepState(state, state.pass, one.id).verdict)).length, all: steps.length };
}
