import type { Answer, Question } from '../steps/question.js';
import { bindingFor, type Action, type Situation } from './keymap.js';
import { step as stepBy } from './scroll.js';

/** What a text being typed is for. */
export type Purpose =
  | { kind: 'value' } | { kind: 'confirm' } | { kind: 'approve' } | { kind: 'note' } | { kind: 'skip' } | { kind: 'verdict'; verdict: 'failed' | 'waived' } | { kind: 'failure'; choice: 'tolerate' | 'skip' };

/** Cursor, focus and typed text: all that a screen holds by itself. */
export interface Ui {
  /** Step whose details are shown; null follows the run. */
  shown: string | null;
  pane: 'step' | 'outline';
  scroll: number;
  cursor: number;
  text: string;
  typing: Purpose | null;
  help: boolean;
  locks: boolean;
  leaving: boolean;
  /** A rehearsal runs on without asking before each step. */
  auto: boolean;
  message: string | null;
}

export const freshUi: Ui = { shown: null, pane: 'step', scroll: 0, cursor: 0, text: '', typing: null, help: false, locks: false, leaving: false, auto: false, message: null };

export type Effect = { kind: 'answer'; answer: Answer } | { kind: 'interrupt' | 'leave' | 'copy' | 'edit' | 'suspend' | 'redraw' };

export interface Facts {
  question: Question | null;
  situation: Situation;
  /** Step ids of the outline, in order. */
  steps: string[];
  current: string | null;
  /** Lines of the pane that scrolls, and how many are seen. */
  length: number;
  height: number;
  /** Items of the open list: checklist items or options. */
  items: number;
  ticked: boolean[];
  database: string;
  operator: string;
  live: boolean;
  rehearsal: boolean;
}

export interface Pressed { ui: Ui; effect: Effect | null }

/** What typing is needed the moment a question opens. */
export function openingFor(question: Question | null, operator: string): Pick<Ui, 'typing' | 'text'> {
  switch (question?.kind) {
    case 'parameter': return { typing: { kind: 'value' }, text: question.suggestion ?? '' };
    case 'input':
    case 'log-field': return { typing: { kind: 'value' }, text: '' };
    case 'approval': return { typing: { kind: 'approve' }, text: operator };
    case 'rollback': return { typing: { kind: 'confirm' }, text: '' };
    case 'target': return question.protected ? { typing: { kind: 'confirm' }, text: '' } : { typing: null, text: '' };
    default: return { typing: null, text: '' };
  }
}

/** A key press: pure. `key` is a name (`return`, `ctrl-c`) or a character. */
export function press(ui: Ui, key: string, facts: Facts): Pressed {
  const still = { ...ui, message: null, leaving: ui.leaving && facts.live };
  if (key === 'ctrl-c') return { ui: { ...still, message: facts.live ? 'stopping after this statement; ctrl-c again cancels it' : null }, effect: { kind: 'interrupt' } };
  // A run that ended meanwhile needs no leave.
  if (ui.leaving && facts.live) {
    if (key === 'y') return { ui: { ...still, leaving: false }, effect: { kind: 'leave' } };
    return { ui: { ...still, leaving: false }, effect: null };
  }
  if (ui.typing) return typed(still, ui.typing, key, facts);
  if (ui.help && key !== 'ctrl-l' && key !== 'ctrl-z') return ['?', 'escape', 'q'].includes(key) ? { ui: { ...still, help: false, scroll: 0 }, effect: null } : moved(still, key, facts);
  const binding = bindingFor(key, facts.situation);
  return binding ? act(still, binding.action, facts) : { ui: still, effect: null };
}

/** Pasted text goes into an open field, without its line breaks; it never submits and never acts. */
export function paste(ui: Ui, text: string): Ui {
  return ui.typing ? { ...ui, text: ui.text + text.replace(/[\r\n]+/g, ' ') } : ui;
}

function moved(ui: Ui, key: string, facts: Facts): Pressed {
  const binding = bindingFor(key, facts.situation);
  return binding && ['down', 'up', 'top', 'bottom', 'half-down', 'half-up'].includes(binding.action) ? act(ui, binding.action, facts) : { ui, effect: null };
}

function typed(ui: Ui, purpose: Purpose, key: string, facts: Facts): Pressed {
  if (key === 'escape') return { ui: { ...ui, typing: null, text: '' }, effect: null };
  if (key === 'backspace') return { ui: { ...ui, text: Array.from(ui.text).slice(0, -1).join('') }, effect: null };
  if (key === 'ctrl-u') return { ui: { ...ui, text: '' }, effect: null };
  if (key === 'space') return { ui: { ...ui, text: `${ui.text} ` }, effect: null };
  if (key === 'return') return submit(ui, purpose, facts);
  if (key.length > 1 && /^[a-z]+[-A-Z]?/.test(key) && NAMED.has(key)) return { ui, effect: null };
  return { ui: { ...ui, text: ui.text + key }, effect: null };
}

const NAMED = new Set(['upArrow', 'downArrow', 'leftArrow', 'rightArrow', 'pageUp', 'pageDown', 'home', 'end', 'tab', 'ctrl-d', 'ctrl-l', 'ctrl-z']);

function submit(ui: Ui, purpose: Purpose, facts: Facts): Pressed {
  const text = ui.text.trim();
  const give = (answer: Answer): Pressed => ({ ui: { ...ui, typing: null, text: '' }, effect: { kind: 'answer', answer } });
  const wanted = (message: string): Pressed => ({ ui: { ...ui, message }, effect: null });
  switch (purpose.kind) {
    case 'confirm':
      if (text !== facts.database) return wanted(text === '' ? `type the database's name: ${facts.database}` : `"${text}" is not the name of this database; it is ${facts.database}`);
      return give(facts.question?.kind === 'target' ? { kind: 'confirm', typed: text } : { kind: 'go' });
    case 'value': return text === '' ? facts.question?.kind === 'parameter' ? wanted('a value is needed') : give({ kind: 'blank' }) : give({ kind: 'value', value: text });
    case 'approve': return text === '' ? wanted('a name is needed') : give({ kind: 'approve', name: text });
    case 'note': return text === '' ? wanted('a note is empty; esc leaves it') : give({ kind: 'note', text });
    case 'skip': return text === '' ? wanted('skipping needs a reason; it stands in the log') : give({ kind: 'skip', reason: text });
    case 'verdict': return text === '' ? wanted('a reason is needed; it stands in the log') : give({ kind: 'verdict', verdict: purpose.verdict, reason: text });
    case 'failure': return text === '' ? wanted('a reason is needed; it stands in the log') : give({ kind: 'failure', choice: purpose.choice, reason: text });
  }
}

function act(ui: Ui, action: Action, facts: Facts): Pressed {
  const only = (next: Partial<Ui>): Pressed => ({ ui: { ...ui, ...next }, effect: null });
  const answer = (one: Answer): Pressed => ({ ui, effect: { kind: 'answer', answer: one } });
  const type = (typing: Purpose): Pressed => only({ typing, text: '' });
  switch (action) {
    case 'down': case 'up': case 'top': case 'bottom': case 'half-down': case 'half-up': return only(stepBy(ui, action, facts));
    case 'help': return only({ help: true, scroll: 0 });
    case 'locks': return only({ locks: !ui.locks, scroll: 0 });
    case 'pane': return only({ pane: ui.pane === 'step' ? 'outline' : 'step' });
    case 'back': return only({ help: false, locks: false, shown: null, pane: 'step', scroll: 0, auto: false, ...openingFor(facts.question, facts.operator) });
    case 'filter': return only({});
    case 'leave': return facts.live ? only({ leaving: true }) : { ui, effect: { kind: 'leave' } };
    case 'interrupt': return { ui, effect: { kind: 'interrupt' } };
    case 'copy': case 'edit': case 'suspend': case 'redraw': return { ui, effect: { kind: action } };
    case 'run': return answer({ kind: 'go' });
    case 'auto': return facts.rehearsal ? { ui: { ...ui, auto: true }, effect: { kind: 'answer', answer: { kind: 'go' } } } : only({ message: 'only in a rehearsal' });
    case 'toggle': return answer({ kind: 'tick', item: ui.cursor, ticked: !facts.ticked[ui.cursor], note: null });
    case 'yes': return answer(facts.question?.kind === 'target' ? { kind: 'confirm', typed: facts.database } : { kind: 'go' });
    case 'open': return open(ui, facts);
    case 'holds': return answer({ kind: 'verdict', verdict: 'passed', reason: null });
    case 'fails': return type({ kind: 'verdict', verdict: 'failed' });
    case 'waive': return type({ kind: 'verdict', verdict: 'waived' });
    case 'note': return type({ kind: 'note' });
    case 'skip': return type(facts.question?.kind === 'failure' ? { kind: 'failure', choice: 'skip' } : { kind: 'skip' });
    case 'tolerate': return type({ kind: 'failure', choice: 'tolerate' });
    case 'retry': case 'recheck': case 'abort': return answer({ kind: 'failure', choice: action, reason: null });
    case 'rollback': return answer(facts.question?.kind === 'failure' ? { kind: 'failure', choice: 'rollback', reason: null } : { kind: 'rollback' });
    case 'blank': return answer({ kind: 'blank' });
    case 'pause': return answer({ kind: 'pause' });
  }
}

function open(ui: Ui, facts: Facts): Pressed {
  if (facts.question?.kind === 'choice') {
    const option = facts.question.options[ui.cursor];
    return option ? { ui, effect: { kind: 'answer', answer: { kind: 'option', option: option.option } } } : { ui, effect: null };
  }
  if (facts.situation.finished) return { ui, effect: { kind: 'leave' } };
  // A field that escape closed opens again.
  return { ui: { ...ui, ...openingFor(facts.question, facts.operator) }, effect: null };
}
