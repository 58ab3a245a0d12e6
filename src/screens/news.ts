import type { Graph } from '../graph/graph.js';
import { stepState, type RunState } from '../engine/state.js';
import { OPEN, stepsOf } from './outline.js';

/** What a person had before their eyes when they were last asked: where the run was, and what was settled by then. */
export interface Seen { stage: RunState['stage']; pass: string; settled: ReadonlySet<string>; step: string | null }

export function seenOf(graph: Graph, state: RunState): Seen {
  return { stage: state.stage, pass: state.pass, settled: new Set(settledOf(graph, state)), step: state.current?.step ?? null };
}

function settledOf(graph: Graph, state: RunState): string[] {
  return stepsOf(graph, state).filter((one) => !OPEN.has(stepState(state, state.pass, one.id).verdict)).map((one) => one.id);
}

/** What went by since then, the longest words first; none where nothing did. */
export function newsSince(before: Seen | null, graph: Graph, state: RunState): string[] {
  if (before === null) return [];
  if (before.stage !== state.stage && state.mode === 'rehearsal') return turnOf(graph, state);
  if (before.pass !== state.pass) return [];
  const verdicts = settledOf(graph, state).filter((id) => !before.settled.has(id) && id !== before.step).map((id) => stepState(state, state.pass, id).verdict);
  if (verdicts.length === 0) return [];
  const count = `${verdicts.length} step${verdicts.length === 1 ? '' : 's'}`;
  const others = [...new Set(verdicts)].map((one) => `${verdicts.filter((other) => other === one).length} ${one}`).join(', ');
  return verdicts.every((one) => one === 'passed')
    ? [`${count} passed since the last one you saw; tab lists ${verdicts.length === 1 ? 'it' : 'them'}`, `${count} passed meanwhile; tab lists them`]
    : [`${count} went by since the last one you saw: ${others}; tab lists them`, `${count} went by: ${others}; tab lists them`];
}

/** A rehearsal turns: what is behind it, and what it tries now. */
function turnOf(graph: Graph, state: RunState): string[] {
  if (state.stage === 'rollback') {
    const passed = graph.steps.every((one) => one.role === 'rollback' || !OPEN.has(stepState(state, 'forward', one.id).verdict));
    return passed ? ['the way forward passed; now the guide\'s rollback is tried and proved, then forward again', 'the way forward passed; now its rollback is tried']
      : ['the way forward ended before it had passed; now the rollback from there is tried and proved', 'forward did not pass; now the rollback is tried'];
  }
  if (state.stage !== 'again') return [];
  const clean = state.proofs.findLast((one) => one.what === 'rollback')?.proof.clean === true;
  return clean ? ['the rollback is proved clean: the database is as it was; now forward for the second time', 'rollback proved clean; now forward a second time']
    : ['the rollback is NOT clean; now forward for the second time'];
}
