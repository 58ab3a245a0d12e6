import { displayWidth } from '../text/width.js';
import { footerBindings, labelOf, type Binding } from './keymap.js';
import { fit, line, span, type Line } from './line.js';
import type { Situation } from './situation.js';
import type { Ui } from './ui.js';

/** A key that works here and one or two words for it. */
export interface Entry { key: string; short: string }

const typing: Entry[] = [{ key: 'return', short: 'hand in' }, { key: 'escape', short: 'close' }, { key: 'ctrl-u', short: 'clear' }, { key: 'ctrl-c', short: 'stop' }];
const help: Entry[] = [{ key: 'escape', short: 'close' }];

/** The keys that the footer names, as many as fit whole. */
export function footerEntries(at: Situation, ui: Ui, columns: number): Entry[] {
  const all = ui.confirm ? [{ key: 'y', short: 'yes, do it' }, { key: 'escape', short: 'no' }]
    : ui.typing ? typing.map((one) => (one.key !== 'return' ? one : { ...one, short: ui.typing?.kind === 'filter' ? 'keep it' : ui.typing?.kind === 'command' ? 'done' : 'hand in' })).filter((one) => one.key !== 'ctrl-c' || !(at.finished || at.readOnly))
      : ui.view === 'help' ? help
        : [...ui.view !== 'page' || ui.filter !== '' ? [{ key: 'escape', short: 'back' }] : [], ...footerBindings(at).map((one) => entryOf(one, at, ui))];
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
    case 'leave': return { key, short: at.asking === 'failure' ? 'pause' : short };
    default: return { key, short };
  }
}

function width({ key, short }: Entry): number {
  return displayWidth(labelOf(key)) + displayWidth(short) + 3;
}

export function footerLine(at: Situation, ui: Ui, columns: number): Line {
  return fit(footerEntries(at, ui, columns).flatMap((one) => [span(` ${labelOf(one.key)}`, 'key'), span(` ${one.short} `, 'muted')]), columns);
}

/** All bindings, each with why it does not work here. */
export function helpLines(bindings: readonly Binding[], at: Situation, columns: number): Line[] {
  const keys = (one: Binding): string => one.keys.map(labelOf).join(' ');
  const label = Math.max(...bindings.map((one) => displayWidth(keys(one)))) + 2;
  return [
    line(span('Keys', 'plain', true), span('  esc closes; those that do not work here say why', 'muted')),
    ...bindings.flatMap((one) => {
      const why = one.refused(at);
      const words = line(span(` ${keys(one).padEnd(label)}`, why === null ? 'key' : 'muted'), span(one.description, why === null ? 'plain' : 'muted'));
      return why === null ? [words] : [words, line(span(`${' '.repeat(label + 1)}- not here: ${why}`, 'warn'))];
    }).map((one) => fit(one, columns)),
  ];
}
