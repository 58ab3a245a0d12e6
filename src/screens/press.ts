import type { Answer } from '../steps/question.js';
import { never } from '../text/problem.js';
import { fieldOf, insert, typeKey } from './field.js';
import { bindingFor, bindings, whyNot, type Action } from './keymap.js';
import { step as stepBy } from './scroll.js';
import { submit } from './submit.js';
import { BLIND_KEYS } from './too-small.js';
import { openingFor, type Confirm, type Effect, type Facts, type Pressed, type Purpose, type Ui } from './ui.js';

/** A key press: pure. `key` is a name (`return`, `ctrl-c`) or a character. */
export function press(ui: Ui, key: string, facts: Facts): Pressed {
  if (facts.blind && !BLIND_KEYS.includes(key)) return { ui, effect: null };
  const still = { ...ui, message: null };
  if (key === 'ctrl-c') return facts.live ? { ui: { ...still, confirm: null, stopping: true }, effect: { kind: 'interrupt' } } : { ui: still, effect: { kind: 'leave' } };
  if (key === 'ctrl-l') return { ui, effect: { kind: 'redraw' } };
  if (key === 'ctrl-z') return { ui: still, effect: { kind: 'suspend' } };
  if (ui.confirm) return confirmed(still, ui.confirm, key, facts);
  if (ui.typing) return typed(still, ui.typing, key, facts);
  if (ui.view === 'help') return ['?', 'escape', 'q'].includes(key) ? { ui: { ...still, view: 'page', scroll: 0 }, effect: null } : moved(still, key, facts) ?? { ui: { ...still, message: 'esc closes the keys first' }, effect: null };
  if (ui.view === 'log' && (key === 'v' || key === 'q')) return { ui: { ...still, view: 'page', scroll: 0 }, effect: null };
  const binding = bindingFor(key, facts.situation);
  return binding ? act(still, binding.action, facts) : { ui: { ...still, message: whyNot(key, facts.situation) }, effect: null };
}

/** Pasted text goes into an open field, without its line breaks; it never submits and never acts. */
export function paste(ui: Ui, text: string, { blind }: Pick<Facts, 'blind'>): Ui {
  if (blind) return ui;
  if (!ui.typing) return { ...ui, message: 'pasted text goes into a field only' };
  const field = insert(ui.field, text.replace(/[\r\n]+/g, ' '));
  return { ...ui, field, ...(ui.typing.kind === 'filter' ? { filter: field.text } : {}) };
}

const NOT_DONE: Record<Confirm['kind'], string> = { leave: 'not left: it goes on', abort: 'not ended: the failure still waits', blocker: 'that session was left alone' };

/** A danger was named: y does it, any other key does not. What ended meanwhile needs no confirmation. */
function confirmed(ui: Ui, confirm: Confirm, key: string, facts: Facts): Pressed {
  const closed = { ...ui, confirm: null };
  const still = confirm.kind === 'leave' ? facts.live : confirm.kind === 'abort' ? facts.question?.kind === 'failure' : facts.pids.includes(confirm.pid);
  if (key !== 'y' || !still) return { ui: { ...closed, message: still ? NOT_DONE[confirm.kind] : 'that is over by now' }, effect: null };
  const effect: Effect = confirm.kind === 'leave' ? { kind: 'leave' } : confirm.kind === 'abort' ? { kind: 'answer', answer: { kind: 'failure', choice: 'abort', reason: null } } : { kind: 'blocker', how: confirm.how, pid: confirm.pid };
  return { ui: closed, effect };
}

const MOVEMENTS: readonly Action[] = ['down', 'up', 'top', 'bottom', 'half-down', 'half-up'];

function moved(ui: Ui, key: string, facts: Facts): Pressed | null {
  const action = bindings.find((one) => one.keys.includes(key))?.action;
  return action && MOVEMENTS.includes(action) ? { ui: { ...ui, ...stepBy(ui, action, facts) }, effect: null } : null;
}

/** Keys that move the page even while a text is typed. */
const BESIDE_TYPING = ['upArrow', 'downArrow', 'pageUp', 'pageDown', 'ctrl-d'];

function typed(ui: Ui, purpose: Purpose, key: string, facts: Facts): Pressed {
  const close = (rest: Partial<Ui> = {}): Pressed => ({ ui: { ...ui, typing: null, field: fieldOf(''), ...rest }, effect: null });
  if (key === 'escape' && purpose.kind === 'confirm' && facts.situation.returns) return { ...close(), effect: { kind: 'answer', answer: { kind: 'back' } } };
  if (key === 'escape') return close(purpose.kind === 'filter' ? { filter: '', shown: null } : {});
  if (key === 'return') return submit(ui, purpose, facts);
  if (BESIDE_TYPING.includes(key)) return moved(ui, key, facts) ?? { ui, effect: null };
  const field = typeKey(ui.field, key);
  return { ui: field ? { ...ui, field, ...(purpose.kind === 'filter' ? { filter: field.text, scroll: 0 } : {}) } : ui, effect: null };
}

function act(ui: Ui, action: Action, facts: Facts): Pressed {
  const only = (next: Partial<Ui>): Pressed => ({ ui: { ...ui, ...next }, effect: null });
  const answer = (one: Answer): Pressed => ({ ui, effect: { kind: 'answer', answer: one } });
  const type = (typing: Purpose, text = ''): Pressed => only({ typing, field: fieldOf(text) });
  const view = (wanted: Ui['view']): Pressed => only({ view: ui.view === wanted ? 'page' : wanted, scroll: 0 });
  switch (action) {
    case 'down': case 'up': case 'top': case 'bottom': case 'half-down': case 'half-up': return only(stepBy(ui, action, facts));
    case 'help': return view('help');
    case 'locks': return view('locks');
    case 'preview': return view('log');
    case 'pane': return only({ pane: ui.pane === 'step' ? 'outline' : 'step', view: 'page' });
    case 'no': return answer({ kind: 'back' });
    case 'back': return ui.view === 'page' && ui.pane === 'step' && ui.shown === null && facts.situation.returns ? answer({ kind: 'back' }) : only({ view: 'page', shown: null, pane: 'step', scroll: 0, follow: true, auto: false, command: null, filter: '', ...openingFor(facts.question, facts.operator) });
    case 'filter': return { ui: { ...ui, pane: 'outline', view: 'page', typing: { kind: 'filter' }, field: fieldOf(ui.filter) }, effect: null };
    case 'leave': return facts.live ? only({ confirm: { kind: 'leave' } }) : { ui, effect: { kind: 'leave' } };
    case 'interrupt': case 'copy': case 'edit': case 'suspend': case 'redraw': return { ui, effect: { kind: action } };
    case 'run': return answer({ kind: 'go', ...changed(facts, ui) });
    case 'terminal': return answer({ kind: 'go', ...changed(facts, ui), terminal: true });
    case 'change': return type({ kind: 'command' }, ui.command ?? facts.command);
    case 'auto': return { ui: { ...ui, auto: true }, effect: { kind: 'answer', answer: { kind: 'go' } } };
    case 'toggle': return toggle(ui, facts);
    case 'yes': return answer(facts.question?.kind === 'target' ? { kind: 'confirm', typed: facts.database } : { kind: 'go' });
    case 'open': return open(ui, facts);
    case 'holds': return answer({ kind: 'verdict', verdict: 'passed', reason: null });
    case 'fails': return type({ kind: 'verdict', verdict: 'failed' });
    case 'waive': return type({ kind: 'verdict', verdict: 'waived' });
    case 'note': return facts.question?.kind === 'checklist' && ui.pane === 'step' ? type({ kind: 'item-note', item: ui.cursor }, facts.notes[ui.cursor] ?? '') : type({ kind: 'note' });
    case 'skip': return type(facts.question?.kind === 'failure' ? { kind: 'failure', choice: 'skip' } : { kind: 'skip' });
    case 'tolerate': return type({ kind: 'failure', choice: 'tolerate' });
    case 'retry': case 'recheck': return answer({ kind: 'failure', choice: action, reason: null });
    case 'abort': return only({ confirm: { kind: 'abort' } });
    case 'rollback': return answer(facts.question?.kind === 'failure' ? { kind: 'failure', choice: 'rollback', reason: null } : { kind: 'rollback' });
    case 'cancel-blocker': case 'end-blocker': {
      const pid = facts.pids[Math.min(ui.cursor, facts.pids.length - 1)];
      return pid === undefined ? only({}) : only({ confirm: { kind: 'blocker', how: action === 'cancel-blocker' ? 'cancel' : 'terminate', pid } });
    }
    default: return never(action);
  }
}

/** The command as a person changed it; nothing where it is the guide's. */
function changed(facts: Facts, ui: Ui): { command?: string } {
  return facts.command === '' || ui.command === null ? {} : { command: ui.command };
}

function toggle(ui: Ui, facts: Facts): Pressed {
  const ticked = facts.ticked[ui.cursor] ?? false;
  const waits = facts.waits[ui.cursor] ?? null;
  if (!ticked && waits !== null) return { ui: { ...ui, message: `this item waits for ${waits}` }, effect: null };
  return { ui, effect: { kind: 'answer', answer: { kind: 'tick', item: ui.cursor, ticked: !ticked, note: facts.notes[ui.cursor] ?? null } } };
}

function open(ui: Ui, facts: Facts): Pressed {
  if (ui.view !== 'page') return { ui: { ...ui, view: 'page', scroll: 0 }, effect: null };
  if (facts.situation.finished && ui.pane === 'step') return { ui, effect: { kind: 'leave' } };
  // In the list of steps: to the page of the marked one, also where the run is over and its summary stood there.
  if (ui.pane === 'outline') return { ui: { ...ui, pane: 'step', scroll: 0, shown: ui.shown ?? (facts.situation.finished ? facts.current : null) }, effect: null };
  if (facts.question?.kind === 'choice') {
    const option = facts.question.options[ui.cursor];
    return option ? { ui, effect: { kind: 'answer', answer: { kind: 'option', option: option.option } } } : { ui, effect: null };
  }
  // A field that escape closed opens again.
  return { ui: { ...ui, ...openingFor(facts.question, facts.operator) }, effect: null };
}
