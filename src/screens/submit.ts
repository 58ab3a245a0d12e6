import { boxNamed, type Answer } from '../steps/question.js';
import { never } from '../text/problem.js';
import { fieldOf } from './field.js';
import type { Facts, Pressed, Purpose, Ui } from './ui.js';

/** A text is handed in: an answer, or why it is none. */
export function submit(ui: Ui, purpose: Purpose, facts: Facts): Pressed {
  const text = ui.field.text.trim();
  const closed: Ui = { ...ui, typing: null, field: fieldOf('') };
  const give = (answer: Answer): Pressed => ({ ui: closed, effect: { kind: 'answer', answer } });
  const wanted = (message: string): Pressed => ({ ui: { ...ui, message }, effect: null });
  const reason = (answer: (reason: string) => Answer, want: string): Pressed => (text === '' ? wanted(want) : give(answer(text)));
  switch (purpose.kind) {
    case 'confirm': {
      const mismatch = whyAnother(ui.field.text, facts.database);
      if (mismatch !== null) return wanted(mismatch);
      return give(facts.question?.kind === 'target' ? { kind: 'confirm', typed: facts.database } : { kind: 'go' });
    }
    case 'value': {
      const { question } = facts;
      if (text === '') return question?.kind === 'parameter' ? wanted('a value is needed') : give({ kind: 'blank' });
      const boxes = question?.kind === 'log-field' ? question.boxes : undefined;
      const value = boxes === undefined ? text : boxNamed(text, boxes);
      return value === null ? wanted(`it is one of ${boxes?.join(', ') ?? ''}; empty leaves it blank`) : give({ kind: 'value', value });
    }
    case 'approve': return reason((name) => ({ kind: 'approve', name }), 'a name is needed');
    case 'note': return reason((note) => ({ kind: 'note', text: note }), 'a note is empty; esc leaves it');
    case 'item-note': return reason((note) => ({ kind: 'tick', item: purpose.item, ticked: facts.ticked[purpose.item] ?? false, note }), 'a note is empty; esc leaves it');
    case 'skip': return reason((why) => ({ kind: 'skip', reason: why }), 'skipping needs a reason; it stands in the log');
    case 'verdict': return reason((why) => ({ kind: 'verdict', verdict: purpose.verdict, reason: why }), 'a reason is needed; it stands in the log');
    case 'failure': return reason((why) => ({ kind: 'failure', choice: purpose.choice, reason: why }), 'a reason is needed; it stands in the log');
    // Handing in only closes the field: x runs it, as it stands on the screen now.
    case 'command': return text === '' ? wanted('an empty command cannot run; esc keeps the guide\'s') : { ui: { ...closed, command: ui.field.text === facts.command ? null : ui.field.text }, effect: null };
    case 'filter': return { ui: closed, effect: null };
    default: return never(purpose);
  }
}

/** Why a typed name is not the database's; null when it is. */
export function whyAnother(typed: string, wanted: string): string | null {
  if (typed === wanted) return null;
  if (typed === '') return `type the database's name: ${wanted}`;
  if (typed.trim() === wanted) return `"${typed}" has a space before or after the name; it is ${wanted}`;
  if (typed.toLowerCase() === wanted.toLowerCase()) return `"${typed}" differs from ${wanted} in upper and lower case`;
  if (wanted.startsWith(typed)) return `"${typed}" is only the beginning of ${wanted}`;
  return `"${typed}" is not the name of this database; it is ${wanted}`;
}
