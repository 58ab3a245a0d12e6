import type { Graph, Step } from './graph.js';

/**
 * Edges of the way: from each forward step to the next on `passed`, around
 * alternatives by option, besides those that attributes give. A rollback step is
 * reached from what it undoes on `rollback`.
 */
export function makeEdges(steps: Step[]): Graph['edges'] {
  const edges: Graph['edges'] = [];
  const known = new Set(steps.map((step) => step.id));
  const add = (from: string, to: string, on: string) => {
    if (known.has(from) && known.has(to)) edges.push({ from, to, on });
  };
  let ends: { id: string; on: string }[] = [];
  /** Last steps of ways within a way: what stands behind all of them follows on them too. */
  let inner: { id: string; on: string }[] = [];
  let open: { group: string; option: string; last: string; closed: string[] } | null = null;
  for (const step of steps) {
    if (step.role === 'rollback') continue;
    const option = step.choice;
    if (open && option?.group !== open.group) {
      ends = [...open.closed, open.last].map((id) => ({ id, on: 'passed' }));
      if (option) inner.push(...ends.filter(({ id }) => id !== option.group));
      open = null;
    }
    if (option && open && option.option === open.option) {
      add(open.last, step.id, 'passed');
      open.last = step.id;
    } else if (option) {
      add(option.group, step.id, `option ${option.option}`);
      open = { group: option.group, option: option.option, last: step.id, closed: open ? [...open.closed, open.last] : [] };
    } else {
      for (const end of [...inner, ...ends]) add(end.id, step.id, end.on);
      inner = [];
      ends = [{ id: step.id, on: 'passed' }];
    }
  }
  const direct = new Set(edges.map((edge) => `${edge.from}\n${edge.to}\n${edge.on}`));
  for (const step of steps) {
    for (const need of step.needs) if (!direct.has(`${need}\n${step.id}\npassed`)) add(need, step.id, 'passed');
    if (!['stop', 'rollback', 'continue'].includes(step.onFail)) add(step.id, step.onFail, 'failed');
    const when = step.when === null ? null : /^(\S+)\s+(passed|failed|skipped|warned)$/.exec(step.when);
    if (when) add(when[1] ?? '', step.id, when[2] ?? '');
    for (const id of step.reverts ?? []) add(id, step.id, 'rollback');
  }
  return edges;
}
