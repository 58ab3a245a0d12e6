import type { Graph, Step } from '../graph/graph.js';

const KINDS: ReadonlySet<Step['kind']> = new Set(['checklist', 'input', 'approval', 'operator', 'choice']);

/** Whether people do the step: it takes as long as they do, from the question to their answer. */
export function doneByPeople({ kind }: Pick<Step, 'kind'>): boolean {
  return KINDS.has(kind);
}

/** Durations of the steps that machines do: how long people took once says nothing of the next time. */
export function machineDurations(durations: Readonly<Record<string, number>>, graph: Pick<Graph, 'steps'>): Record<string, number> {
  const people = new Set(graph.steps.filter(doneByPeople).map((step) => step.id));
  return Object.fromEntries(Object.entries(durations).filter(([id]) => !people.has(id)));
}
