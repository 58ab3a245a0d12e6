import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { fillText, firstLineOf } from './template.js';
import { factOfLabel, plainLabel } from './fact-labels.js';
import { factOf } from './facts.js';
import { wordFor } from './template-words.js';

/** A label of the guide's template that the run cannot answer by itself: what sign-off asks. `line` counts in the document; `boxes`: the alternatives of which one is ticked, none where there is no choice. */
export interface OpenField { label: string; unit: string | null; line: number; boxes: string[] }

/**
 * The graph's log fields that stay blank as things stand and that waiting for
 * the run's end will not fill. Each is asked once; its answer goes into the
 * journal as `log.filled` with this very label and line.
 */
export function openFields(state: RunState, graph: Graph): OpenField[] {
  if (graph.log === null) return [];
  // As if the run were over: its end, status and duration will then be known.
  const ended: RunState = { ...state, finishedAt: state.finishedAt ?? state.updatedAt, outcome: state.outcome ?? 'passed' };
  const { left } = fillText(graph.log.template, firstLineOf(graph.log), graph.log.fields, ended, graph);
  return left.flatMap((one) => {
    const label = plainLabel(one.label.split(': ').at(-1) ?? one.label);
    const field = graph.log?.fields.find((known) => known.line === one.line || (known.line === one.line - 1 && plainLabel(known.label) === label));
    return field === undefined || state.logFields[field.line] !== undefined ? [] : [{ label: field.label, unit: field.unit, line: field.line, boxes: field.boxes.length > 1 && !field.boxes.includes('') ? field.boxes : [] }];
  });
}

/**
 * What the run itself would answer to a blank of the guide (an `input` step's
 * `Deployed By: ____`), to be suggested to the operator; null when it knows nothing.
 */
export function suggestedValue(label: string, unit: string | null, state: RunState, graph: Graph): string | null {
  const fact = factOfLabel(label);
  if (fact === null) return null;
  const answer = factOf(fact, state, graph, { steps: [], unit });
  return 'value' in answer ? wordFor(answer.value, '', unit) : null;
}
