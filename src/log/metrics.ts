import type { RunState } from '../engine/state.js';
import type { Graph, Step } from '../graph/graph.js';

/** Figures taken before and after the change, by name. */
export interface Metrics { before: Record<string, string>; after: Record<string, string> }
export type Moment = keyof Metrics;

/** Where a figure has no value of one of the two moments. */
export const NOT_MEASURED = 'not measured';

/** `before` or `after` when a text says so in one of its words, else null. Both or neither: null. */
export function momentOf(text: string): Moment | null {
  const before = /(?:^|[^\p{L}])(before|pre|baseline|prior)(?=$|[^\p{L}])/iu.test(text);
  const after = /(?:^|[^\p{L}])(after|post)(?=$|[^\p{L}])/iu.test(text);
  if (before === after) return null;
  return before ? 'before' : 'after';
}

/** The name of a figure without its moment: `before_count` and `count_after` are both `count`. */
export function bareName(name: string): string {
  const bare = name.replace(/(?:^|(?<=[^\p{L}]))(before|after|pre|post|baseline)(?=$|[^\p{L}])/giu, '').replace(/[\s_-]+/g, ' ').trim();
  return bare === '' ? name : bare;
}

/** Label by which two phrasings of a figure are the same: lower case, letters and digits only. */
export function sameLabel(text: string): string {
  return bareName(text).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/**
 * Captured values whose name says before or after, and fields the operator
 * filled in a step whose headings say so.
 */
export function metricsOf(state: RunState, graph: Graph): Metrics {
  const metrics: Record<Moment, Map<string, string>> = { before: new Map(), after: new Map() };
  for (const [name, value] of Object.entries(state.captures)) {
    const moment = momentOf(name);
    if (moment !== null && value !== null) metrics[moment].set(bareName(name), value);
  }
  for (const step of graph.steps) {
    for (const [index, field] of Object.entries(state.passes['forward']?.[step.id]?.fields ?? {})) {
      const moment = momentOf(field.label) ?? momentOfField(step, Number(index));
      if (moment !== null) metrics[moment].set(bareName(field.label), field.unit === null ? field.value : `${field.value} ${field.unit}`);
    }
  }
  return { before: Object.fromEntries(metrics.before), after: Object.fromEntries(metrics.after) };
}

/** From the nearest heading that tells: the step's title, then its path from the inside out. */
export function momentOfField(step: Step, field: number): Moment | null {
  const own = step.fields[field];
  const texts = [own?.label ?? '', step.prompt ?? '', step.title, ...[...step.path].reverse()];
  for (const text of texts) {
    const moment = momentOf(text);
    if (moment !== null) return moment;
  }
  return null;
}
