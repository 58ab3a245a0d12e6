import { displayWidth } from '../text/width.js';
import { footerBindings, labelOf, refusalOf, type Action, type Binding } from './keymap.js';
import { fit, line, paragraph, span, type Line } from './line.js';
import { nowhere, type Situation } from './situation.js';
import type { Tone } from './theme.js';
import type { Ui } from './ui.js';

/** A key that works here and one or two words for it. */
export interface Entry { key: string; short: string }

const typing: Entry[] = [{ key: 'return', short: 'hand in' }, { key: 'escape', short: 'close' }, { key: 'ctrl-u', short: 'clear' }, { key: 'ctrl-c', short: 'stop' }];
/** Words that `esc` has instead where it answers the question. */
const goesBack = (one: Entry, at: Situation, ui: Ui): Entry => (one.key === 'escape' && ui.typing?.kind === 'confirm' && at.returns ? { ...one, short: 'no, back' } : one);
const help: Entry[] = [{ key: 'escape', short: 'close' }];

/** The keys that the footer names, as many as fit whole. */
export function footerEntries(at: Situation, ui: Ui, columns: number): Entry[] {
  const all = ui.confirm ? [{ key: 'y', short: 'yes, do it' }, { key: 'escape', short: 'no' }]
    : ui.typing ? typing.map((one) => (one.key !== 'return' ? one : { ...one, short: ui.typing?.kind === 'filter' ? 'keep it' : ui.typing?.kind === 'command' ? 'done' : 'hand in' })).map((one) => goesBack(one, at, ui)).filter((one) => one.key !== 'ctrl-c' || !(at.finished || at.readOnly))
      : ui.view === 'help' ? help
        : [...ui.view !== 'page' || ui.filter !== '' ? [{ key: 'escape', short: 'back' }] : [], ...footerBindings(at).map((one) => entryOf(one, at, ui))];
  return fitting(all, columns);
}

/** The first entries, as many as fit whole. */
export function fitting(all: readonly Entry[], columns: number): Entry[] {
  const shown: Entry[] = [];
  let room = columns - 1;
  for (const one of all) {
    room -= width(one);
    if (room < 0) break;
    shown.push(one);
  }
  return shown;
}

/** A binding's words where it stands. */
function entryOf({ action, keys, short }: Binding, at: Situation, ui: Ui): Entry {
  const key = keys[0] ?? '';
  switch (action) {
    case 'interrupt': return { key, short: at.stopping ? 'cancel it now' : 'stop after this' };
    case 'pane': return { key, short: ui.pane === 'outline' ? 'page' : 'steps' };
    case 'open': return { key, short: ui.pane === 'outline' ? 'open' : at.typing ? 'type' : short };
    case 'leave': return { key, short: ui.view === 'log' ? 'close' : at.finished || at.readOnly ? short : at.resumable ? (at.asking === 'failure' ? 'pause' : short) : 'end it' };
    default: return { key, short };
  }
}

/** A walk in which nothing is asked: what works there works everywhere. */
const idle: Situation = { ...nowhere, list: true };

function width({ key, short }: Entry): number {
  return displayWidth(labelOf(key)) + displayWidth(short) + 3;
}

export function footerLine(at: Situation, ui: Ui, columns: number): Line {
  return entryLine(footerEntries(at, ui, columns), columns);
}

/** Entries as a line. */
export function entryLine(entries: readonly Entry[], columns: number): Line {
  return fit(entries.flatMap((one) => [span(` ${labelOf(one.key)}`, 'key'), span(` ${one.short} `, 'muted')]), columns);
}

/** All bindings: those that work here, first what this place alone has; then the others with the reason. `does`: words that the question has for an action. */
export function helpLines(bindings: readonly Binding[], at: Situation, columns: number, does: Partial<Record<Action, string>> = {}): Line[] {
  const keys = (one: Binding): string => one.keys.map(labelOf).join(' ');
  const label = Math.max(...bindings.map((one) => displayWidth(keys(one)))) + 2;
  const row = (one: Binding, words: string, tone: Tone): Line[] => paragraph(words, Math.max(12, columns - label - 1), tone)
    .map((part, index) => [span(` ${(index === 0 ? keys(one) : '').padEnd(label)}`, tone === 'plain' ? 'key' : 'muted'), ...part]);
  const works = bindings.filter((one) => refusalOf(one, at) === null);
  const open = [...works.filter((one) => refusalOf(one, idle) !== null || does[one.action]), ...works.filter((one) => refusalOf(one, idle) === null && !does[one.action])];
  const words = (one: Binding): string => does[one.action] ?? one.description;
  return [
    line(span('Keys that work here', 'plain', true), span('  esc closes', 'muted')), ...open.flatMap((one) => row(one, words(one), 'plain')),
    line(''), line(span('Not here, and why', 'plain', true)),
    ...bindings.filter((one) => !open.includes(one)).flatMap((one) => [...row(one, one.description, 'muted'), ...paragraph(refusalOf(one, at) ?? '', Math.max(12, columns - label - 3), 'warn', `${' '.repeat(label + 1)}- `).slice(0, 1)]),
  ].map((one) => fit(one, columns));
}
