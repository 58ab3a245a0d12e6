import type { Graph } from '../graph/graph.js';
import type { RunState } from '../engine/state.js';
import type { Question } from '../steps/question.js';
import { line, paragraph, span, type Line } from './line.js';
import type { Ui } from './ui.js';

/** What is asked, above the footer. */
export function questionLines(question: Question, ui: Ui, graph: Graph, state: RunState, width: number): Line[] {
  const rule = line(span('─'.repeat(width), 'muted'));
  return [rule, ...body(question, ui, graph, state, width), ...fieldLines(ui, question)];
}

function fieldLines(ui: Ui, question: Question): Line[] {
  if (!ui.typing) return [];
  const labels: Record<string, string> = { confirm: 'database', approve: 'name', note: 'note', skip: 'reason', verdict: 'reason', failure: 'reason', value: 'value' };
  const secret = question.kind === 'parameter' && question.secret;
  const text = secret ? '•'.repeat(Array.from(ui.text).length) : ui.text;
  return [[span(`${labels[ui.typing.kind] ?? 'text'}: `, 'accent'), span(text), span('▏', 'accent'), span('  enter hands it in, esc closes', 'muted')]];
}

function body(question: Question, ui: Ui, graph: Graph, state: RunState, width: number): Line[] {
  const step = 'step' in question ? graph.steps.find((one) => one.id === question.step) : undefined;
  const text = (words: string, tone: Parameters<typeof span>[1] = 'plain', indent = ''): Line[] => paragraph(words, width, tone, indent);
  const option = (key: string, words: string, tone: Parameters<typeof span>[1] = 'plain'): Line => line(span(` ${key} `, 'key'), span(` ${words}`, tone));
  switch (question.kind) {
    case 'target': return [
      ...text(`Is this the right database? Environment ${question.environment}${question.protected ? ', PROTECTED' : ''}.`, question.protected ? 'danger' : 'plain'),
      ...question.summary.flatMap((one) => text(one, 'accent', '  ')),
      ...(question.protected ? text(`Nothing was sent yet. Type the database's name to go on: ${question.database}`, 'warn') : [option('y', 'yes, go on'), option('q', 'no, leave')]),
    ];
    case 'go': return [
      ...text(question.what === 'shell' ? 'This command would run on this machine:' : question.what === 'monitor' ? 'This watch would start, again and again until its time is over.' : `This step writes to ${state.target?.database ?? 'the database'}.`, 'warn'),
      ...(question.what === 'shell' ? text(question.text, 'accent', '  $ ').slice(0, 6) : []),
      option('x', 'run it'), option('s', 'skip it, with a reason'),
    ];
    case 'checklist': return text(`Tick what is done: ${step?.items.length ?? 0} items. j and k move, space ticks.`, 'warn');
    case 'choice': return [...text(question.text, 'warn'), ...question.options.map((one, index) => line(span(index === ui.cursor ? '› ' : '  ', 'accent'), span(one.title, index === ui.cursor ? 'key' : 'plain')))];
    case 'parameter': return [...text(question.text, 'warn'), ...text(`${question.name}, ${question.type}${question.suggestion === null ? '' : `; suggested ${question.secret ? '•••' : question.suggestion}`}`, 'muted'), ...(question.problem ? text(question.problem, 'bad') : [])];
    case 'input':
    case 'log-field': return text(`${question.kind === 'log-field' ? 'For the log: ' : ''}${question.label}${question.unit ? ` (${question.unit})` : ''}; empty leaves it blank`, 'warn');
    case 'verdict': return [...text(question.text, 'warn'), ...text(`measured: ${question.actual}`, 'accent', '  '), option('h', 'it holds'), option('f', 'it does not hold'), option('w', 'accept it all the same, with a reason')];
    case 'manual': return [...text(question.text, 'warn'), option('h', 'done, and it holds'), option('f', 'it does not hold'), option('w', 'accept it all the same'), option('s', 'skip it, with a reason')];
    case 'approval': return text(`${question.text}: who approves?`, 'warn');
    case 'failure': return failure(question, width);
    case 'rollback': return [
      ...text(`Roll back ${state.target?.database ?? ''}: ${question.text}`, 'danger'),
      ...question.plan.flatMap((part, index) => text(`${index + 1}. ${part.step}${part.reverts.length > 0 ? ` undoes ${part.reverts.join(', ')}` : ''}`, 'plain', '  ')),
      ...question.uncovered.flatMap((id) => text(`NOT undone by the guide: ${id}`, 'bad', '  ')),
      ...question.triggers.slice(0, 4).flatMap((one) => text(`the guide says roll back if: ${one}`, 'muted', '  ')),
      ...text(`Type the database's name to roll back: ${state.target?.database ?? ''}`, 'warn'),
    ];
    case 'window': return [...text(question.text, 'danger'), option('y', 'go on all the same'), option('b', 'roll back')];
  }
}

const FAILURE_KEYS: Record<string, string> = { retry: 't', recheck: 'r', tolerate: 'o', skip: 's', rollback: 'b', pause: 'q', abort: 'a' };

function failure(question: Extract<Question, { kind: 'failure' }>, width: number): Line[] {
  const choices = question.choices.map((one) => (one.refused === null
    ? line(span(` ${FAILURE_KEYS[one.choice] ?? ''} `, 'key'), span(` ${one.choice.padEnd(9)} ${one.does}`))
    : line(span(` ${FAILURE_KEYS[one.choice] ?? ''} `, 'muted'), span(` ${one.choice.padEnd(9)} not here: ${one.refused}`, 'muted'))));
  return [...paragraph(`FAILED: ${question.text}`, width, 'bad').slice(0, 4), ...question.remedies.slice(0, 2).flatMap((one) => paragraph(`try: ${one}`, width, 'warn').slice(0, 2)), ...choices];
}
