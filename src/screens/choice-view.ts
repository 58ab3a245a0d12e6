import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import type { Question } from '../steps/question.js';
import { formatDuration } from '../text/duration.js';
import { highlight } from './highlight.js';
import { fold, line, paragraph, shortened, span, type Line } from './line.js';
import { nameOf } from './outline.js';

/** How the group of a single optional step is called, before its id. */
const OPTIONAL = 'optional:';

/** Whether a single step is taken or left, and not one of several ways. */
export function isOptional({ group }: Extract<Question, { kind: 'choice' }>): boolean {
  return group.startsWith(OPTIONAL);
}

/** The marked alternative: what its steps would do, before it is chosen. */
export function choiceLines(question: Extract<Question, { kind: 'choice' }>, graph: Graph, state: RunState, { width, marked }: { width: number; marked: number }): Line[] {
  const option = question.options[marked];
  if (!option) return [];
  const optional = question.group.startsWith(OPTIONAL) ? question.group.slice(OPTIONAL.length) : null;
  const steps = graph.steps.filter((one) => (optional === null ? one.choice?.group === question.group && one.choice.option === option.option : one.id === optional));
  const which = optional === null ? `alternative ${marked + 1} of ${question.options.length}; its steps:` : option.option === 'run' ? 'this step runs:' : 'this step does not run:';
  return [
    line(span(option.title, 'plain', true), span(`  ${which}`, 'muted')),
    ...steps.flatMap((step) => {
      const rehearsed = state.rehearsal?.durations[step.id];
      return [
        line(''), line(span(nameOf(graph, step), 'key'), span(`  ${step.kind}${rehearsed === undefined ? '' : `, rehearsed ${formatDuration(rehearsed)}`}`, 'muted')),
        ...(step.context === '' ? [] : shortened(paragraph(step.context, width, 'muted'), 4)),
        ...step.statements.flatMap((one) => highlight(one.sql).flatMap((text) => fold(text, width - 2)).map((text) => [span('  '), ...text])),
        ...(step.shell === null ? [] : paragraph(step.shell, width, 'accent', '  $ ')), ...step.items.flatMap((one) => paragraph(`[ ] ${one.text}`, width, 'plain', '  ')),
      ];
    }),
    ...(steps.length === 0 ? [line(span('  no step of its own', 'muted'))] : []),
  ];
}
