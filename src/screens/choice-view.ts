import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import type { Question } from '../steps/question.js';
import { formatDuration } from '../text/duration.js';
import { highlight } from './highlight.js';
import { fold, line, paragraph, span, type Line } from './line.js';
import { nameOf } from './outline.js';

/** The marked alternative: what its steps would do, before it is chosen. */
export function choiceLines(question: Extract<Question, { kind: 'choice' }>, graph: Graph, state: RunState, { width, marked }: { width: number; marked: number }): Line[] {
  const option = question.options[marked];
  if (!option) return [];
  const steps = graph.steps.filter((one) => one.choice?.group === question.group && one.choice.option === option.option);
  return [
    line(span(option.title, 'plain', true), span(`  alternative ${marked + 1} of ${question.options.length}; its steps:`, 'muted')),
    ...steps.flatMap((step) => {
      const rehearsed = state.rehearsal?.durations[step.id];
      return [
        line(''), line(span(nameOf(graph, step), 'key'), span(`  ${step.kind}${rehearsed === undefined ? '' : `, rehearsed ${formatDuration(rehearsed)}`}`, 'muted')),
        ...(step.context === '' ? [] : paragraph(step.context, width, 'muted').slice(0, 4)),
        ...step.statements.flatMap((one) => highlight(one.sql).flatMap((text) => fold(text, width - 2)).map((text) => [span('  '), ...text])),
        ...(step.shell === null ? [] : paragraph(step.shell, width, 'accent', '  $ ')), ...step.items.flatMap((one) => paragraph(`[ ] ${one.text}`, width, 'plain', '  ')),
      ];
    }),
    ...(steps.length === 0 ? [line(span('  no step of its own', 'muted'))] : []),
  ];
}
