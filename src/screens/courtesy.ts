import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import type { Gauge } from './desk.js';
import { nameOf, progress } from './outline.js';

/** Whoever pressed a key this recently looks at the screen already. */
export const AWAY_MS = 10_000;

/** The terminal's title: how far, what now, which guide. */
export function titleOf(graph: Graph, state: RunState): { text: string; gauge: Gauge } {
  const { done, all } = progress(graph, state);
  const now = state.outcome ?? (state.asking?.kind === 'failure' ? 'FAILED, waits for you' : state.asking ? 'waits for you' : 'running');
  const failed = state.asking?.kind === 'failure' || (state.outcome !== null && state.outcome !== 'passed');
  return { text: `${done}/${all} ${now} · ${state.guide.title} · ${state.environment}`, gauge: { percent: Math.round((done / Math.max(1, all)) * 100), state: failed ? 'failed' : state.asking ? 'waiting' : 'going' } };
}

/** What a person who is away is told when the run wants them or ends. Null: nothing. */
export function callOf(graph: Graph, state: RunState): string | null {
  if (state.outcome !== null) return `${state.guide.title}: ${state.outcome}`;
  const { asking } = state;
  if (asking === null) return null;
  const id = 'step' in asking ? asking.step : null;
  const step = graph.steps.find((one) => one.id === id);
  return `${state.guide.title}: ${asking.kind === 'failure' ? 'failed' : 'waits for you'}${step ? ` at ${nameOf(graph, step)}` : ''}`;
}
