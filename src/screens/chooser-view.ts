import { basename } from 'node:path';
import { formatDuration } from '../text/duration.js';
import { chooserSituation, matching, waysOf, type ChooserUi, type Choices, type GuideChoice } from './chooser-press.js';
import { fieldSpans } from './field.js';
import { entryLine, fitting, helpLines, type Entry } from './footer.js';
import { bindings, footerBindings } from './keymap.js';
import { tooSmall, tooSmallLines } from './too-small.js';
import { fill, fit, line, paragraph, span, type Line } from './line.js';
import { programName } from '../text/program-name.js';

/** The keys that the footer names. */
export function chooserEntries(ui: ChooserUi, choices: Choices, columns: number): Entry[] {
  if (ui.filtering) return fitting([{ key: 'return', short: 'keep it' }, { key: 'escape', short: 'show all' }, { key: 'ctrl-u', short: 'clear' }, { key: 'ctrl-c', short: 'leave' }], columns);
  if (ui.help !== null) return fitting([{ key: 'escape', short: 'close' }], columns);
  const entries = footerBindings(chooserSituation(ui, choices)).map(({ action, keys, short }) => ({ key: keys[0] ?? '', short: action === 'open' && ui.path !== null ? 'start' : short }));
  return fitting(ui.path === null && ui.filter.text !== '' ? [...entries, { key: 'escape', short: 'show all' }] : entries, columns);
}

/** The screen as lines: exactly `rows - 1`. */
export function chooserLines(ui: ChooserUi, choices: Choices, { columns, rows }: { columns: number; rows: number }): Line[] {
  if (tooSmall({ columns, rows })) return tooSmallLines({ columns, rows }, '');
  const height = Math.max(2, rows - 1);
  const body = ui.help === null ? listLines(ui, choices, columns, height - 2) : keyLines(ui.help, chooserSituation(ui, choices), columns, height - 2);
  const said = ui.message === null ? line('') : line(span(`! ${ui.message}`, 'warn'));
  return [...Array.from({ length: height - 2 }, (_, row) => fit(body[row] ?? [], columns)), fit(said, columns), entryLine(chooserEntries(ui, choices, columns), columns)].slice(-Math.max(1, rows - 1));
}

function keyLines(from: number, at: ReturnType<typeof chooserSituation>, columns: number, height: number): Line[] {
  const all = helpLines(bindings, at, columns);
  const first = Math.max(0, Math.min(from, all.length - height));
  const seen = all.slice(first, first + height);
  if (first + height < all.length && seen.length > 1) seen[seen.length - 1] = line(span(`↓ ${all.length - first - height + 1} more lines`, 'muted'));
  return seen;
}

function listLines(ui: ChooserUi, choices: Choices, columns: number, height: number): Line[] {
  const { guides } = choices;
  const ways = waysOf(ui, choices);
  const list = matching(ui, guides);
  const marked = ui.path === null ? list[ui.cursor] : guides.find((one) => one.path === ui.path);
  const head = [line(span(' deploy-wizard ', 'good', true), span(ui.path === null ? '  Choose a guide' : `  How to walk it: ${marked?.title ?? ''}`, 'plain', true)), line('')];
  const filter = ui.filtering ? [[span('/', 'accent'), ...fieldSpans(ui.filter, columns - 2, false)]] : ui.filter.text !== '' ? [line(span('/', 'accent'), span(ui.filter.text))] : [];
  const closed = ui.path === null ? null : ways[ui.where]?.closed ?? null;
  const detail = marked ? [...(closed === null ? [] : paragraph(`not here: ${closed}`, columns, 'warn')), ...detailLines(marked, columns)] : [line(span('No guide matches the filter; esc shows all.', 'warn'))];
  const shared = sharedTitles(guides);
  const entries: Line[] = ui.path === null
    ? list.map((one, index) => line(span(index === ui.cursor ? '› ' : '  ', 'accent'), ...fill(line(span(one.title, index === ui.cursor ? 'key' : 'plain'), span(shared.has(one.title) ? `  ${basename(one.path)}` : '', 'muted')), Math.max(20, Math.min(56, columns - (columns < NARROW ? 22 : 33))) - 1), span(' '), span(summary(one, columns < NARROW), broken(one) ? 'bad' : 'muted')))
    : ways.map((one, index) => line(span(index === ui.where ? '› ' : '  ', 'accent'), span(one.label, one.closed !== null ? 'muted' : one.protected ? 'danger' : index === ui.where ? 'key' : 'plain'), span(one.closed === null ? '' : ' (not here)', 'muted')));
  const at = ui.path === null ? ui.cursor : ui.where;
  const room = Math.max(1, height - head.length - filter.length - Math.min(detail.length + 1, Math.floor(height / 2)));
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), entries.length - room));
  const hidden = [[from, '↑'], [entries.length - from - room, '↓']].flatMap(([count, sign]) => (Number(count) > 0 ? [`${sign} ${count} more`] : []));
  return [...head, ...filter, ...entries.slice(from, from + room), line(span(hidden.length > 0 ? `  ${hidden.join(' · ')}` : '', 'muted')), ...detail];
}

/** Titles of more than one guide: these show what else tells them apart. */
function sharedTitles(guides: readonly GuideChoice[]): Set<string> {
  const seen = new Set<string>();
  return new Set(guides.flatMap(({ title }) => (seen.has(title) ? [title] : (seen.add(title), []))));
}

function broken(one: GuideChoice): boolean {
  return (one.facts?.problems ?? 0) > 0;
}

/** Below this width titles need what the figures leave, and those that are cut stand below the list. */
const NARROW = 72;

function summary({ facts }: GuideChoice, short: boolean): string {
  if (facts === null) return 'reading…';
  if (facts.problems > 0) return `${facts.problems} error${facts.problems === 1 ? '' : 's'}`;
  if (short) return [`${facts.steps} step${facts.steps === 1 ? '' : 's'}`, facts.risk ?? ''].filter((part) => part !== '').join(' · ');
  return [`${facts.steps} step${facts.steps === 1 ? '' : 's'}`, facts.risk ? `${facts.risk} risk` : '', facts.estimateMs ? `~${formatDuration(facts.estimateMs).replace(/ 00 s$/, '')}` : ''].filter((part) => part !== '').join(' · ');
}

function detailLines({ id, title, path, facts }: GuideChoice, columns: number): Line[] {
  const rule = line(span('─'.repeat(columns), 'muted'));
  if (facts === null) return [rule, line(''), line(span(path, 'muted'))];
  const rehearsed = facts.lastRehearsal ? `last rehearsal ${facts.lastRehearsal.at.slice(0, 16).replace('T', ' ')} UTC: ${facts.lastRehearsal.outcome}` : 'never rehearsed here';
  return [
    rule, ...paragraph(facts.description === '' ? title : facts.description, columns).slice(0, 5), line(span(rehearsed, facts.lastRehearsal?.outcome === 'passed' ? 'good' : 'warn')),
    ...(facts.problems > 0 ? [line(span(`The guide has errors: ${programName()} check ${id}`, 'bad'))] : []), line(span(path, 'muted')),
  ];
}
