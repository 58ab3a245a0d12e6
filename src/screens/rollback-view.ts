import type { Graph } from '../graph/graph.js';
import type { Question } from '../steps/question.js';
import { formatDuration } from '../text/duration.js';
import { line, paragraph, span, type Line } from './line.js';
import { nameOf } from './outline.js';

/** What a rollback would undo, in its order, and what stays. */
export function rollbackLines(question: Extract<Question, { kind: 'rollback' }>, graph: Graph, durations: Readonly<Record<string, number>>, width: number): Line[] {
  const named = (id: string): string => {
    const step = graph.steps.find((one) => one.id === id);
    return step ? `${nameOf(graph, step)}${nameOf(graph, step) === id ? '' : ` (${id})`}` : id;
  };
  const total = question.plan.reduce((sum, part) => sum + (durations[part.step] ?? 0), 0);
  return [
    line(span('Plan of the rollback', 'plain', true), span(`  newest first${total > 0 ? `, ~${formatDuration(total)} in the rehearsal` : ''}`, 'muted')),
    ...paragraph(`because: ${question.text}`, width, 'muted'),
    // First what stays: a long plan hides it in a small window.
    ...question.uncovered.flatMap((id) => paragraph(`✗ NOT undone by the guide: ${named(id)}`, width, 'bad', '  ')),
    line(''),
    ...question.plan.flatMap((part, index) => [
      ...paragraph(`${index + 1}. ${named(part.step)}`, width, 'plain', '  '),
      ...paragraph(part.reverts.length > 0 ? `undoes ${part.reverts.map(named).join(', ')}` : 'belongs to the rollback', width, 'accent', '     '),
    ]),
    ...(question.plan.length === 0 ? [line(span('  Nothing that was applied has a rollback in the guide.', 'warn'))] : []),
    ...(question.triggers.length > 0 ? [line(''), line(span('The guide says to roll back:', 'plain', true)), ...question.triggers.flatMap((one) => paragraph(one, width, 'muted', '  '))] : []),
  ];
}
