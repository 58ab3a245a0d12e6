import type { Graph, Step } from '../graph/graph.js';
import { stepState, type RunState } from '../engine/state.js';
import { formatDuration } from '../text/duration.js';
import { displayWidth } from '../text/width.js';
import { fill, line, span, type Line } from './line.js';
import { verdicts } from './theme.js';

const shown = new WeakMap<Graph, { back: boolean; plan: readonly string[] | null; steps: Step[] }>();

/** Steps of the pass that is shown: the way forward, or the rollback. The last answer is kept: it changes with the pass alone. */
export function stepsOf(graph: Graph, state: RunState): Step[] {
  const back = state.pass.includes('rollback');
  const plan = state.rollback?.plan ?? null;
  const known = shown.get(graph);
  if (known?.back === back && known.plan === plan) return known.steps;
  const steps = stepsOfPass(graph, state);
  shown.set(graph, { back, plan, steps });
  return steps;
}

function stepsOfPass(graph: Graph, state: RunState): Step[] {
  const back = state.pass.includes('rollback');
  return graph.steps.filter((one) => (one.role === 'rollback') === back && (!back || state.rollback === null || state.rollback.plan.includes(one.id) || graph.rollback.some((part) => part.id === one.id && part.verifies)));
}

const names = new WeakMap<Graph, Map<string, string>>();

/** A name that tells a step from its neighbours of the same heading. */
export function nameOf(graph: Graph, step: Step): string {
  let known = names.get(graph);
  if (!known) {
    const titles = new Map<string, string[]>();
    for (const one of graph.steps) titles.set(one.title, [...titles.get(one.title) ?? [], one.id]);
    known = new Map(graph.steps.map((one) => {
      const same = titles.get(one.title) ?? [];
      return [one.id, same.length > 1 ? `${one.title} · ${same.indexOf(one.id) + 1}/${same.length}` : one.title];
    }));
    names.set(graph, known);
  }
  return known.get(step.id) ?? step.title;
}

/** Steps whose name or id holds the filter. */
export function filtered(graph: Graph, steps: readonly Step[], filter: string): readonly Step[] {
  if (filter === '') return steps;
  const wanted = filter.toLowerCase();
  return steps.filter((one) => `${nameOf(graph, one)} ${one.id}`.toLowerCase().includes(wanted));
}

const listed = new WeakMap<readonly Step[], (Step | string)[]>();

/** Steps with the titles of their phases between them. */
function rowsOf(graph: Graph, steps: readonly Step[]): (Step | string)[] {
  const known = listed.get(steps);
  if (known) return known;
  const titles = new Map(graph.phases.map((one) => [one.id, one.title]));
  const rows: (Step | string)[] = [];
  let phase = '';
  for (const step of steps) {
    if (step.phase !== phase) {
      phase = step.phase;
      rows.push(titles.get(phase) ?? phase);
    }
    rows.push(step);
  }
  listed.set(steps, rows);
  return rows;
}

/** Phases and steps with verdicts and durations, as many lines as fit, the marked step among them. */
export function outlineLines(graph: Graph, state: RunState, given: { marked: string | null; filter: string; width: number; height: number; waits: string }): Line[] {
  const { marked, filter, height } = given;
  const rows = rowsOf(graph, filtered(graph, stepsOf(graph, state), filter));
  if (rows.length === 0) return [line(span(`No step matches "${filter}"; esc shows all.`, 'warn'))];
  const at = rows.findIndex((one) => typeof one !== 'string' && one.id === marked);
  const from = Math.max(0, Math.min(at - Math.floor(height / 2), rows.length - height));
  return rows.slice(from, from + height).map((row) => (typeof row === 'string' ? line(span(row, 'plain', true)) : stepRow(graph, state, row, { ...given, marked: row.id === marked })));
}

/** What was settled without the step having run: its reason is worth more than the word. */
export const WITHOUT_RUNNING: ReadonlySet<string> = new Set(['skipped', 'blocked', 'not evaluated', 'not reached', 'not chosen']);

/** Whether what is asked keeps this step waiting; of a failure it has its verdict already. */
export function isAsked(state: RunState, step: Step): boolean {
  return state.asking !== null && state.current?.step === step.id && state.current.pass === state.pass;
}

/** Whom an open question waits for, in words. */
export function waitsFor({ operator }: RunState, readOnly: boolean): string {
  return readOnly ? `waits for ${operator}` : 'waits for you';
}

/** From this width on a row of the list has room for both durations and the verdict's word. */
export const WIDE_ROW = 60;

function stepRow(graph: Graph, state: RunState, step: Step, { marked, width, waits }: { marked: boolean; width: number; waits: string }): Line {
  const known = stepState(state, state.pass, step.id);
  const asked = isAsked(state, step);
  const { glyph, tone } = asked ? { glyph: verdicts.running.glyph, tone: 'warn' as const } : verdicts[known.verdict];
  const rehearsed = state.rehearsal?.durations[step.id];
  const actual = known.durationMs !== null && known.durationMs >= 1 ? formatDuration(known.durationMs) : '';
  const foretold = rehearsed ? `~${formatDuration(rehearsed)}` : '';
  // With room for both, the rehearsed duration stands beside the actual one.
  const took = width >= WIDE_ROW ? `${actual.padStart(9)}${state.rehearsal === null ? '' : ` ${foretold.padStart(10)}`}` : actual === '' ? foretold : actual;
  const why = known.reason !== null && WITHOUT_RUNNING.has(known.verdict) ? `: ${known.reason}` : '';
  const word = width < WIDE_ROW ? '' : asked ? ` ${waits}` : known.verdict !== 'pending' ? ` ${known.verdict}${why}` : '';
  const room = Math.max(4, width - 4 - (took === '' ? 0 : displayWidth(took) + 1));
  return [span(marked ? '› ' : '  ', 'accent'), span(`${glyph} `, tone), ...fill(line(span(nameOf(graph, step), marked ? 'key' : known.verdict === 'pending' ? 'muted' : 'plain'), span(word, tone)), room), span(took === '' ? '' : ` ${took}`, 'muted')];
}

/** Verdicts of steps that are not behind us. */
export const OPEN: ReadonlySet<string> = new Set(['pending', 'running', 'failed', 'unknown']);
const counted = new WeakMap<RunState, { done: number; all: number }>();

/** `7/20`: how far the pass is. */
export function progress(graph: Graph, state: RunState): { done: number; all: number } {
  let known = counted.get(state);
  if (!known) {
    const steps = stepsOf(graph, state);
    const states = state.passes[state.pass] ?? {};
    known = { done: steps.filter((one) => !OPEN.has(states[one.id]?.verdict ?? 'pending')).length, all: steps.length };
    counted.set(state, known);
  }
  return known;
}

/** Milliseconds that the open steps took in the rehearsal; null where none is known of them. */
export function remaining(graph: Graph, state: RunState): number | null {
  const { rehearsal } = state;
  if (rehearsal === null || state.outcome !== null) return null;
  const known = stepsOf(graph, state).filter((one) => OPEN.has(stepState(state, state.pass, one.id).verdict)).flatMap((one) => rehearsal.durations[one.id] ?? []);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}

/** The first step of the pass that is still open. */
export function nextOpen(graph: Graph, state: RunState): Step | undefined {
  return stepsOf(graph, state).find((one) => OPEN.has(stepState(state, state.pass, one.id).verdict));
}

/** Steps of the way forward. */
export function forwardOnly(graph: Graph): Step[] {
  return graph.steps.filter((one) => one.role !== 'rollback');
}
