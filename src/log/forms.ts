import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import type { LogDocument } from './schema.js';
import { fillText } from './template.js';

/**
 * The guide's forms outside the log template (figures before and after, the
 * lines of a sign-off), filled with what the operator gave and, where nothing
 * was given, with what the run knows.
 */
export function fillForms(state: RunState, graph: Graph): LogDocument['forms'] {
  return graph.forms.map(({ step: id, line, text }) => {
    const step = graph.steps.find((one) => one.id === id);
    const given = Object.entries(state.passes['forward']?.[id]?.fields ?? {}).flatMap(([index, field]) => {
      const own = step?.fields[Number(index)];
      return own === undefined ? [] : [{ line: own.line, label: own.label, value: field.value }];
    });
    const { text: filledText, filled, left } = fillText(text, line, [], state, graph, given);
    return { step: id, line, text: filledText, filled, left };
  });
}
