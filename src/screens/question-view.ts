import { planRollback } from '../engine/rollback-plan.js';
import type { Graph, Step } from '../graph/graph.js';
import { stepState, type RunState } from '../engine/state.js';
import type { Question } from '../steps/question.js';
import { never } from '../text/problem.js';
import { isOptional } from './choice-view.js';
import { fieldLine } from './field-line.js';
import { fit, line, packed, paragraph, span, type Line } from './line.js';
import { nameOf } from './outline.js';
import type { Panel } from './panel.js';
import type { Tone } from './theme.js';
import type { Ui } from './ui.js';
import { typeable } from '../text/program-name.js';

/** What is asked: words that may be cut where the window is low, and what must stay. */
export function questionPanel(question: Question, ui: Ui, graph: Graph, state: RunState, width: number): Panel {
  const panel = withName(body(question, ui, graph, state, width), question, ui, graph, width);
  return ui.typing ? { head: panel.head, keep: fieldLine(ui, width, question.kind === 'parameter' && question.secret) } : panel;
}

/** While another step's page is shown, the question says whose it is: no key may be meant for the page above. */
function withName(panel: Panel, question: Question, ui: Ui, graph: Graph, width: number): Panel {
  const step = 'step' in question && ui.shown !== null && ui.shown !== question.step ? graph.steps.find((one) => one.id === question.step) : undefined;
  // Its keys are refused until its page is shown again.
  return step ? { keep: [], head: [fit([span('› asked of ', 'muted'), span(nameOf(graph, step), 'key'), span('; esc shows it', 'muted')], width), ...panel.head] } : panel;
}

function body(question: Question, ui: Ui, graph: Graph, state: RunState, width: number): Panel {
  const step = 'step' in question ? graph.steps.find((one) => one.id === question.step) : undefined;
  const text = (words: string, tone: Tone = 'plain', indent = ''): Line[] => paragraph(words, width, tone, indent);
  const option = (key: string, words: string): Line => line(span(` ${key} `, 'key'), span(` ${words}`));
  const panel = (head: Line[], keep: Line[] = []): Panel => ({ head, keep });
  switch (question.kind) {
    case 'target': {
      const goesOn = text(question.goesOn === 'rollback' ? 'ROLLBACK of a run: its plan comes next, nothing is undone before.' : question.goesOn === 'resume' ? 'A run goes on.' : '', 'danger').slice(0, question.goesOn === undefined ? 0 : 2);
      return question.protected
      ? panel([...goesOn, ...text(`Is this the right database? Type its name to ${question.goesOn === 'rollback' ? 'see the plan' : 'go on'}: ${question.database}`, 'warn')], [option('enter', 'type the name')])
      : panel([...goesOn, ...text(`Is this the right database? Environment ${question.environment}.`, 'warn')], [option('y', question.goesOn === 'rollback' ? 'yes, show the plan' : 'yes, go on')]);
    }
    case 'go': return go(question, step, ui, graph, state, width);
    case 'checklist': return panel(text(`Tick what is done: ${step?.items.length ?? 0} item${step?.items.length === 1 ? '' : 's'}. j and k move, space ticks and goes on, n adds a note.`, 'warn'));
    case 'choice': return panel(text(question.text, 'warn'), [
      ...question.options.map((one, index) => line(span(index === ui.cursor ? '› ' : '  ', 'accent'), span(one.title, index === ui.cursor ? 'key' : 'plain'))),
      ...(isOptional(question) ? [] : [line(span('  the others are left out of this run', 'muted'))]),
    ]);
    case 'parameter': return panel([...text(question.text, 'warn'), ...text(`${question.name}, ${question.type}${question.suggestion === null ? '' : `; suggested ${question.secret ? '•••' : question.suggestion}`}`, 'muted'), ...(question.problem ? text(`✗ ${question.problem}`, 'bad') : [])], [option('enter', 'type a value')]);
    case 'input':
    case 'log-field': return panel(text(`${question.kind === 'log-field' ? 'For the log: ' : ''}${question.label}${question.unit ? `, in ${question.unit}` : ''}${question.kind === 'log-field' && question.boxes ? ` (${question.boxes.join(' or ')})` : ''}; empty leaves it blank`, 'warn'), [option('enter', 'type a value')]);
    case 'verdict': return panel([...text(question.text, 'warn'), ...text(`measured: ${question.actual}`, 'accent', '  '), ...text(standing(step, state) ?? '', 'muted')], [option('h', 'it holds'), option('f', 'it does not hold, with a reason'), option('w', 'accept it all the same, with a reason')]);
    case 'manual': return panel(text(question.text, 'warn'), [option('h', 'done, and it holds'), option('f', 'it does not hold, with a reason'), option('w', 'accept it all the same, with a reason'), option('s', 'skip it, with a reason')]);
    case 'approval': return panel(text(`${question.text}: who approves?`, 'warn'), [option('enter', 'type a name')]);
    case 'failure': return failure(question, state, width);
    case 'rollback': {
      const no = question.back ? [option('esc', 'no, back to what was asked')] : [option('q', 'leave, and undo nothing')];
      return question.typed === false ? panel(text('Nothing is undone yet. Roll back as planned above?', 'danger'), [option('y', 'roll back'), ...no])
        : panel(text(`Nothing is undone yet. Type the database's name to roll back: ${state.target?.database ?? ''}${question.back ? '; esc goes back' : ''}`, 'danger'), [option('enter', 'type the name'), ...no]);
    }
    case 'window': return panel(text(question.text, 'danger'), [option('y', 'go on all the same'), ...(planRollback(graph, state).steps.length > 0 ? [option('b', 'roll back: shows the plan first')] : [])]);
    default: return never(question);
  }
}

function go(question: Extract<Question, { kind: 'go' }>, step: Step | undefined, ui: Ui, graph: Graph, state: RunState, width: number): Panel {
  if (question.what === 'shell') {
    const own = ui.typing?.kind === 'command' ? ui.field.text : ui.command;
    return {
      head: [...paragraph(own !== null ? 'Your command instead of the guide\'s would run on this machine:' : 'This command would run on this machine:', width, 'warn'), ...paragraph(own ?? question.text, width, 'accent', '  $ ')],
      keep: [line(span(' x ', 'key'), span(' run it'), span('   i ', 'key'), span(' run it in this terminal, for one that asks or draws')), line(span(' m ', 'key'), span(' modify it first'), span('   s ', 'key'), span(' skip it, with a reason'))],
    };
  }
  const head = question.what === 'monitor' ? 'This watch would start, and measure again and again until its time is over.' : writing(step, graph, state);
  return { head: paragraph(head, width, 'warn'), keep: [line(span(' x ', 'key'), span(' run it'), span('   s ', 'key'), span(' skip it, with a reason'))] };
}

/** What pressing x does to the database, and what a failure would leave of it. */
function writing(step: Step | undefined, graph: Graph, state: RunState): string {
  const database = state.target?.database ?? 'the database';
  const undone = (step?.reverts ?? []).flatMap((id) => graph.steps.filter((one) => one.id === id).map((one) => nameOf(graph, one)));
  const does = undone.length > 0 ? `This step undoes ${undone.join(', ')} in ${database}` : `This step writes to ${database}`;
  const count = step?.statements.length ?? 0;
  if (step === undefined || count === 0) return `${does}.`;
  const statements = `${count} statement${count === 1 ? '' : 's'}`;
  return step.transaction ? `${does}: ${statements} in one transaction, ${undoneWhen(step)}.`
    : `${does}: ${statements} outside a transaction; ${count === 1 ? 'it stands at once' : 'each stands at once, also where a later one fails'}.`;
}

/** What undoes a transaction. What a person judges is asked after COMMIT: no lock waits for a person. */
function undoneWhen({ expectations }: Step): string {
  const yours = expectations.filter((one) => one.assertion.type === 'operator').length;
  const judged = expectations.length > yours;
  return `undone whole where one fails${judged ? ` or an expectation is false${yours > 0 ? ' that the database decides' : ''}` : ''}${yours > 0 ? `; what you judge (${yours}) comes after COMMIT` : ''}`;
}

/** On a question about a step that stands already: no answer undoes it. */
function standing(step: Step | undefined, state: RunState): string | null {
  const applied = step !== undefined && stepState(state, state.pass, step.id).applied && step.statements.some((one) => one.writes);
  return applied ? `The step is committed: it stands whatever you say${state.stage === 'forward' ? '; b would roll it back' : ''}.` : null;
}

const FAILURE_KEYS: Record<string, string> = { retry: 't', recheck: 'r', tolerate: 'o', skip: 's', rollback: 'b', pause: 'q', abort: 'a' };

/** What `pause` is where nothing can be gone on with. */
const choiceWord = (choice: string, state: RunState): string => (choice === 'pause' && state.mode !== 'run' ? 'end it' : choice);

/** The menu: whole where there is room; in a low window its keys and names alone, so that the verdict above it stays, and `?` says the rest. */
function failure(question: Extract<Question, { kind: 'failure' }>, state: RunState, width: number): Panel {
  const choices = question.choices.map((one) => {
    const open = one.refused === null;
    const tone = open ? 'plain' : 'muted';
    const key = span(` ${FAILURE_KEYS[one.choice] ?? ''} `, open ? 'key' : 'muted');
    const word = choiceWord(one.choice, state);
    const [first = [], ...rest] = paragraph(open ? one.does : `not here: ${one.refused ?? ''}`, Math.max(12, width - 15), tone);
    return { whole: [[key, span(` ${word.padEnd(9)} `, tone), ...first], ...rest.map((more) => [span(' '.repeat(13)), ...more])], entry: line(key, span(`${word}${open ? '' : ' (not here)'} `, tone)) };
  });
  return { head: [...paragraph(`✗ FAILED: ${question.text}`, width, 'bad').slice(0, 4), ...question.remedies.slice(0, 2).flatMap((one) => paragraph(`try: ${typeable(one)}`, width, 'warn').slice(0, 2))],
    keep: choices.flatMap((one) => one.whole), folded: packed([...choices.map((one) => one.entry), line(span(' ? ', 'key'), span('what each does ', 'muted'))], width) };
}
