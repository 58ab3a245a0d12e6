import type { QuestionKind } from '../steps/question.js';
import type { Situation } from './situation.js';

/** What a key does; press.ts carries it out. */
export type Action =
  | 'down' | 'up' | 'top' | 'bottom' | 'half-down' | 'half-up' | 'open' | 'toggle' | 'pane' | 'filter' | 'back' | 'help' | 'leave' | 'interrupt' | 'copy' | 'edit' | 'preview'
  | 'note' | 'locks' | 'suspend' | 'redraw' | 'run' | 'change' | 'terminal' | 'skip' | 'yes' | 'no' | 'holds' | 'fails' | 'waive' | 'retry' | 'recheck' | 'tolerate' | 'rollback' | 'abort' | 'auto'
  | 'cancel-blocker' | 'end-blocker';

export interface Binding {
  action: Action;
  /** As Ink names them; `ctrl-d`, `return`, `space`, `escape`, `tab`, `upArrow`. The first stands in the footer. */
  keys: string[];
  /** One or two words for the footer. */
  short: string;
  description: string;
  /** Null when the key works in the walk here, else why not. */
  refused(at: Situation): string | null;
  /** Works in the chooser too. */
  chooser?: true;
  /** Shown in the footer where it works. */
  footer: boolean | ((at: Situation) => boolean);
}

type Refusal = Binding['refused'];
const always: Refusal = () => null;
const asks = (kinds: QuestionKind[], why: string): Refusal => (at) => (at.readOnly ? 'watching only' : at.asking !== null && kinds.includes(at.asking) ? at.elsewhere : why);
const choice = (name: string): Refusal => (at) => (at.readOnly ? 'watching only' : at.asking !== 'failure' ? 'only after a failure' : at.elsewhere ?? at.refused[name] ?? null);
const command = (what: 'change' | 'terminal'): Refusal => (at) => (at.readOnly ? 'watching only' : at.command ? at.elsewhere ?? at.fixed[what] : 'no command waits for a go-ahead');
const tick: Refusal = (at) => asks(['checklist'], 'no checklist is open')(at) ?? (at.outline && at.narrow ? 'the steps are shown; tab shows the items' : null);
const blocker: Refusal = (at) => (at.readOnly ? 'watching only' : at.blockers === 0 ? 'nobody that keeps us waiting is shown (l shows who does)' : null);

const yes: Refusal = (at) => {
  if (at.readOnly) return 'watching only';
  if (at.asking === 'target' && at.typing) return 'a protected database wants its name typed';
  if (at.asking === 'rollback' && at.typing) return 'the rollback wants the database\'s name typed';
  return at.asking === 'target' || at.asking === 'window' || at.asking === 'rollback' ? at.elsewhere : 'nothing to say yes to';
};
const rollback: Refusal = (at) => {
  if (at.readOnly) return 'watching only';
  if (at.asking === 'failure') return at.refused.rollback ?? null;
  if (at.asking === 'rollback') return 'the rollback is what is asked';
  if (at.undoing) return 'a rollback is running';
  return at.asking === null || at.asking === 'target' || at.asking === 'log-field' ? 'only while a step waits for you' : at.noRollback;
};
const note: Refusal = (at) => (at.readOnly ? 'watching only' : at.asking === null || at.asking === 'target' || at.asking === 'log-field' ? 'a note goes with an open question' : at.elsewhere);
const open: Refusal = (at) => {
  if (at.screen !== 'walk') return at.closed;
  if (at.finished) return null;
  if (at.outline) return null;
  if (at.readOnly) return 'watching only';
  return at.asking === 'choice' || at.typing ? at.elsewhere : 'enter confirms nothing here; the keys below do';
};

const inChooser = (at: Situation): boolean => at.screen !== 'walk';

/** Every binding of the chooser and the walk: dispatch, footer, the help screen and docs/keys.md read this one table. Of two for one key the first that works counts. */
export const bindings: readonly Binding[] = [
  { action: 'help', keys: ['?'], short: 'keys', description: 'all keys, and why some do not work here', refused: always, footer: true, chooser: true },
  { action: 'leave', keys: ['q'], short: 'leave', description: 'leave; a run that is not over is paused, a rehearsal ends there (asks first)', refused: always, footer: true, chooser: true },
  { action: 'interrupt', keys: ['ctrl-c'], short: 'stop', description: 'stop after the statement that runs; again: cancel it; in the chooser: leave', refused: always, footer: (at) => at.running && !at.readOnly, chooser: true },
  { action: 'cancel-blocker', keys: ['c'], short: 'cancel its query', description: 'in the view of who keeps us waiting: cancel that session\'s query (asks first)', refused: blocker, footer: true },
  { action: 'end-blocker', keys: ['T'], short: 'end it', description: 'in the view of who keeps us waiting: end that session (asks first)', refused: blocker, footer: true },
  { action: 'run', keys: ['x'], short: 'run', description: 'run this step', refused: asks(['go'], 'no step waits for a go-ahead'), footer: true },
  { action: 'change', keys: ['m'], short: 'modify', description: 'modify the command before it runs; the log tells it', refused: command('change'), footer: true },
  { action: 'terminal', keys: ['i'], short: 'in terminal', description: 'run the command in this terminal, for one that asks or draws (psql, an editor)', refused: command('terminal'), footer: true },
  { action: 'toggle', keys: ['space'], short: 'tick, next', description: 'tick the item and go to the next open one, or take the tick away', refused: tick, footer: true },
  { action: 'yes', keys: ['y'], short: 'yes', description: 'yes: this is the right database, roll back, or go on', refused: yes, footer: true },
  { action: 'no', keys: ['n'], short: 'no', description: 'no rollback after all: back to what was asked before', refused: (at) => (at.readOnly ? 'watching only' : at.asking === 'rollback' && at.returns ? at.elsewhere : 'nothing to say no to'), footer: true },
  { action: 'holds', keys: ['h'], short: 'holds', description: 'it holds: passed', refused: asks(['verdict', 'manual'], 'nothing to judge'), footer: true },
  { action: 'fails', keys: ['f'], short: 'fails', description: 'it does not hold: failed, with a reason', refused: asks(['verdict', 'manual'], 'nothing to judge'), footer: true },
  { action: 'waive', keys: ['w'], short: 'waive', description: 'accept it all the same, with a reason', refused: asks(['verdict', 'manual'], 'nothing to judge'), footer: true },
  { action: 'retry', keys: ['t'], short: 'retry', description: 'try the failed step again', refused: choice('retry'), footer: true },
  { action: 'recheck', keys: ['r'], short: 'recheck', description: 'recheck: run its queries and judge again', refused: choice('recheck'), footer: true },
  { action: 'tolerate', keys: ['o'], short: 'tolerate', description: 'tolerate the result, with a reason', refused: choice('tolerate'), footer: true },
  { action: 'skip', keys: ['s'], short: 'skip', description: 'skip the step, with a reason', refused: (at) => (at.asking === 'failure' ? choice('skip')(at) : asks(['go', 'checklist', 'manual', 'input', 'approval'], 'nothing to skip')(at)), footer: true },
  { action: 'rollback', keys: ['b'], short: 'roll back', description: 'roll back what was applied: shows the plan and asks; esc goes back', refused: rollback, footer: true },
  { action: 'abort', keys: ['a'], short: 'abort', description: 'end the run as failed; nothing is undone (asks first)', refused: choice('abort'), footer: true },
  { action: 'auto', keys: ['A'], short: 'run all', description: 'rehearsal: run all further steps without asking; stops at a failure', refused: (at) => asks(['go'], 'no step waits for a go-ahead')(at) ?? (at.rehearsal ? null : 'only in a rehearsal'), footer: true },
  { action: 'open', keys: ['return'], short: 'choose', description: 'choose what is marked, or hand in a text; never confirms danger', refused: open, footer: (at) => !at.finished, chooser: true },
  { action: 'pane', keys: ['tab'], short: 'steps', description: 'steps or step: where j and k move', refused: always, footer: true },
  { action: 'filter', keys: ['/'], short: 'filter', description: 'filter the list of guides or steps; esc shows all again', refused: (at) => (at.screen === 'ways' ? 'only in a list of guides or steps' : null), footer: (at) => at.outline || at.screen === 'guides', chooser: true },
  { action: 'note', keys: ['n'], short: 'note', description: 'add a note to the log; in a checklist, to the item', refused: note, footer: true },
  { action: 'locks', keys: ['l'], short: 'locks', description: 'locks of the step, and who keeps us waiting', refused: (at) => (at.summary ? 'the run is over; tab shows its steps' : null), footer: (at) => at.running },
  { action: 'preview', keys: ['v'], short: 'log', description: 'view the log as it stands now', refused: always, footer: (at) => at.finished },
  { action: 'copy', keys: ['y', 'c'], short: 'copy', description: 'copy the step\'s SQL or command to the clipboard; while the log is shown, the message about the run', refused: (at) => (at.summary ? 'the run is over; v shows its log, tab its steps' : at.step || at.log ? null : 'the step has nothing to copy'), footer: (at) => at.log },
  { action: 'edit', keys: ['e'], short: 'editor', description: 'open the guide at this step in $EDITOR', refused: (at) => (at.summary ? 'the run is over; tab shows its steps' : null), footer: false },
  { action: 'down', keys: ['j', 'downArrow'], short: 'down', description: 'down', refused: always, footer: (at) => inChooser(at) && at.list, chooser: true },
  { action: 'up', keys: ['k', 'upArrow'], short: 'up', description: 'up', refused: always, footer: (at) => inChooser(at) && at.list, chooser: true },
  { action: 'top', keys: ['g', 'home'], short: 'top', description: 'to the top', refused: always, footer: false, chooser: true },
  { action: 'bottom', keys: ['G', 'end'], short: 'bottom', description: 'to the bottom; follows what is still coming', refused: always, footer: false, chooser: true },
  { action: 'half-down', keys: ['ctrl-d', 'pageDown'], short: 'page down', description: 'half a page down', refused: always, footer: false, chooser: true },
  { action: 'half-up', keys: ['ctrl-u', 'pageUp'], short: 'page up', description: 'half a page up', refused: always, footer: false, chooser: true },
  { action: 'back', keys: ['escape'], short: 'back', description: 'back: close a view, a text or a filter, follow the run again; from the plan of a rollback back to what was asked; never leaves', refused: always, footer: (at) => at.screen === 'ways', chooser: true },
  { action: 'redraw', keys: ['ctrl-l'], short: 'redraw', description: 'draw the screen anew', refused: always, footer: false, chooser: true },
  { action: 'suspend', keys: ['ctrl-z'], short: 'to the shell', description: 'to the shell; fg comes back', refused: always, footer: false, chooser: true },
];

/** Why a binding does not work here; null where it does. */
export function refusalOf(one: Binding, at: Situation): string | null {
  return inChooser(at) && !one.chooser ? 'only while a guide is walked' : one.refused(at);
}

/** The binding of a key that works here, or null. */
export function bindingFor(key: string, at: Situation): Binding | null {
  return bindings.find((binding) => binding.keys.includes(key) && refusalOf(binding, at) === null) ?? null;
}

/** Why a key does nothing here. */
export function whyNot(key: string, at: Situation): string {
  const own = bindings.filter((one) => one.keys.includes(key));
  // Of two uses of a key the later is the one that is nearly always there.
  const last = own.at(-1);
  return last ? `${labelOf(key)} (${last.short}): ${refusalOf(last, at) ?? ''}` : `${labelOf(key)} does nothing; ? shows all keys`;
}

const LABELS: Record<string, string> = { return: 'enter', escape: 'esc', upArrow: '↑', downArrow: '↓', leftArrow: '←', rightArrow: '→', pageUp: 'page up', pageDown: 'page down' };

/** A key as people call it. */
export function labelOf(key: string): string {
  return LABELS[key] ?? key;
}

/** What the footer shows, in order: help and the way out stay, however narrow the window is. */
export function footerBindings(at: Situation): Binding[] {
  return bindings.filter((one) => (typeof one.footer === 'function' ? one.footer(at) : one.footer) && bindingFor(one.keys[0] ?? '', at) === one);
}

/** The key page of the documentation. */
export function keyPage(): string {
  const rows = bindings.map((one) => `| ${one.keys.map((key) => `\`${labelOf(key)}\``).join(' ')} | ${one.description} | ${one.chooser ? 'chooser, walk' : 'walk'} |`);
  return `# Keys\n\nThe footer shows the keys that work where you are; \`?\` shows all, with the reason where one does not. A key that does not work says why.\nIn a text field, letters are text; \`enter\` hands it in, \`esc\` closes it, \`←\` \`→\` \`home\` \`end\` move, \`ctrl-u\` clears; \`↑\` \`↓\` and \`page up\` \`page down\` still scroll. Pasted text never submits. A key that is held down starts no second step.\n\n| key | does | where |\n|---|---|---|\n${rows.join('\n')}\n`;
}
