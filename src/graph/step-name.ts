import type { Graph } from './graph.js';

/** Each step's title, with its place among the steps of one role that share it: `Verification · 2/3`. */
export function stepNames(graph: Pick<Graph, 'steps'>): Map<string, string> {
  const sharing = new Map<string, string[]>();
  const key = ({ role, title }: Graph['steps'][number]): string => `${role}\u0000${title}`;
  for (const step of graph.steps) sharing.set(key(step), [...sharing.get(key(step)) ?? [], step.id]);
  return new Map(graph.steps.map((step) => {
    const same = sharing.get(key(step)) ?? [];
    return [step.id, same.length < 2 ? step.title : `${step.title} · ${same.indexOf(step.id) + 1}/${same.length}`];
  }));
}
