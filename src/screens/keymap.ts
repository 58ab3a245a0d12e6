import type { QuestionKind } from '../steps/question.js';

/** What a key does; the reducer in ui.ts carries it out. */
export type Action =
  | 'down' | 'up' | 'top' | 'bottom' | 'half-down' | 'half-up' | 'open' | 'toggle' | 'pane' | 'filter' | 'back' | 'help' | 'leave' | 'interrupt' | 'copy' | 'edit'
  | 'note' | 'locks' | 'suspend' | 'redraw' | 'run' | 'skip' | 'yes' | 'holds' | 'fails' | 'waive' | 'blank' | 'retry' | 'recheck' | 'tolerate' | 'rollback' | 'pause' | 'abort' | 'auto';

/** Where the screen stands, as far as bindings care. */
export interface Situation {
  asking: QuestionKind | null;
  /** Refused choices of a failure menu, with their reasons. */
  refused: Partial<Record<string, string>>;
  readOnly: boolean;
  finished: boolean;
  /** A protected target wants its name typed. */
  typing: boolean;
  list: boolean;
  narrow: boolean;
  step: boolean;
}

export interface Binding {
  action: Action;
  /** As Ink names them; `ctrl-d`, `return`, `space`, `escape`, `tab`, `upArrow`. */
  keys: string[];
  label: string;
  description: string;
  /** Null when the key works here, else why not. */
  refused(at: Situation): string | null;
  /** Shown in the footer where it works. */
  footer: boolean;
}

const asks = (kinds: QuestionKind[], why: string) => (at: Situation): string | null => (at.readOnly ? 'watching only' : at.asking !== null && kinds.includes(at.asking) ? null : why);
const always = (): null => null;
const choice = (name: string) => (at: Situation): string | null => (at.readOnly ? 'watching only' : at.asking !== 'failure' ? 'only after a failure' : at.refused[name] ?? null);

/** Every binding: dispatch, footer, the help screen and docs/keys.md read this one table. */
export const bindings: readonly Binding[] = [
  { action: 'help', keys: ['?'], label: '?', description: 'all keys, and why some do not work here', refused: always, footer: true },
  { action: 'run', keys: ['x'], label: 'x', description: 'run this step', refused: asks(['go'], 'no step waits for a go-ahead'), footer: true },
  { action: 'toggle', keys: ['space'], label: 'space', description: 'tick the item', refused: asks(['checklist'], 'no checklist is open'), footer: true },
  { action: 'yes', keys: ['y'], label: 'y', description: 'yes: this is the right database, or go on', refused: (at) => (at.readOnly ? 'watching only' : at.typing ? 'a protected database wants its name typed' : at.asking === 'target' || at.asking === 'window' ? null : 'nothing to say yes to'), footer: true },
  { action: 'holds', keys: ['h'], label: 'h', description: 'it holds: passed', refused: asks(['verdict', 'manual'], 'nothing to judge'), footer: true },
  { action: 'fails', keys: ['f'], label: 'f', description: 'it does not hold: failed, with a reason', refused: asks(['verdict', 'manual'], 'nothing to judge'), footer: true },
  { action: 'waive', keys: ['w'], label: 'w', description: 'accept it all the same, with a reason', refused: asks(['verdict', 'manual'], 'nothing to judge'), footer: true },
  { action: 'retry', keys: ['t'], label: 't', description: 'try the failed step again', refused: choice('retry'), footer: true },
  { action: 'recheck', keys: ['r'], label: 'r', description: 're-check: run its queries and judge again', refused: choice('recheck'), footer: true },
  { action: 'tolerate', keys: ['o'], label: 'o', description: 'tolerate the result, with a reason', refused: choice('tolerate'), footer: true },
  { action: 'skip', keys: ['s'], label: 's', description: 'skip the step, with a reason', refused: (at) => (at.asking === 'failure' ? choice('skip')(at) : asks(['go', 'checklist', 'manual'], 'nothing to skip')(at)), footer: true },
  { action: 'rollback', keys: ['b'], label: 'b', description: 'roll back what was applied (asks again, with the plan)', refused: (at) => (at.readOnly ? 'watching only' : at.asking === 'failure' ? at.refused.rollback ?? null : at.asking === null || ['target', 'rollback', 'log-field'].includes(at.asking) || at.typing ? 'not at this point' : null), footer: true },
  { action: 'abort', keys: ['a'], label: 'a', description: 'end the run as failed; nothing is undone', refused: choice('abort'), footer: true },
  { action: 'auto', keys: ['A'], label: 'A', description: 'rehearsal: run all further steps without asking; stops at a failure', refused: asks(['go'], 'no step waits for a go-ahead'), footer: false },
  { action: 'open', keys: ['return'], label: 'enter', description: 'choose what is marked, or hand in a text; never confirms danger', refused: (at) => (at.finished ? null : at.readOnly ? 'watching only' : at.asking === 'choice' || at.typing ? null : 'nothing to choose'), footer: true },
  { action: 'down', keys: ['j', 'downArrow'], label: 'j', description: 'down', refused: always, footer: false },
  { action: 'up', keys: ['k', 'upArrow'], label: 'k', description: 'up', refused: always, footer: false },
  { action: 'top', keys: ['g', 'home'], label: 'g', description: 'to the top', refused: always, footer: false },
  { action: 'bottom', keys: ['G', 'end'], label: 'G', description: 'to the bottom', refused: always, footer: false },
  { action: 'half-down', keys: ['ctrl-d', 'pageDown'], label: 'ctrl-d', description: 'half a page down', refused: always, footer: false },
  { action: 'half-up', keys: ['ctrl-u', 'pageUp'], label: 'ctrl-u', description: 'half a page up', refused: always, footer: false },
  { action: 'pane', keys: ['tab'], label: 'tab', description: 'steps or step: where j and k move', refused: always, footer: true },
  { action: 'locks', keys: ['l'], label: 'l', description: 'locks and blockers of the step', refused: always, footer: false },
  { action: 'note', keys: ['n'], label: 'n', description: 'add a note to the log', refused: (at) => (at.readOnly ? 'watching only' : at.asking === null || at.asking === 'target' || at.asking === 'log-field' || at.typing ? 'notes go with an open question' : null), footer: true },
  { action: 'copy', keys: ['c'], label: 'c', description: 'copy the step\'s SQL or command to the clipboard', refused: (at) => (at.step ? null : 'the step has nothing to copy'), footer: false },
  { action: 'edit', keys: ['e'], label: 'e', description: 'open the guide at this step in $EDITOR', refused: always, footer: false },
  { action: 'back', keys: ['escape'], label: 'esc', description: 'back: close help or text, follow the run again; never leaves', refused: always, footer: false },
  { action: 'redraw', keys: ['ctrl-l'], label: 'ctrl-l', description: 'draw the screen anew', refused: always, footer: false },
  { action: 'suspend', keys: ['ctrl-z'], label: 'ctrl-z', description: 'to the shell; fg comes back', refused: always, footer: false },
  { action: 'interrupt', keys: ['ctrl-c'], label: 'ctrl-c', description: 'stop after the statement that runs; again: cancel it', refused: always, footer: false },
  { action: 'leave', keys: ['q'], label: 'q', description: 'leave; a run that is not over is paused (asks first)', refused: always, footer: true },
];

/** The binding of a key that works here, or null. */
export function bindingFor(key: string, at: Situation): Binding | null {
  return bindings.find((binding) => binding.keys.includes(key) && binding.refused(at) === null) ?? null;
}

/** The key page of the documentation. */
export function keyPage(): string {
  const rows = bindings.map((one) => `| ${one.keys.map((key) => `\`${key}\``).join(' ')} | ${one.description} |`);
  return `# Keys\n\nThe footer shows the keys that work where you are; \`?\` shows all, with the reason where one does not.\nIn a text field, letters are text; \`enter\` hands it in, \`escape\` closes it. Pasted text never submits.\n\n| key | does |\n|---|---|\n${rows.join('\n')}\n`;
}
