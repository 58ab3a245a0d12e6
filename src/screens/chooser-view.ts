import { formatDuration } from '../text/duration.js';
import { fill, fit, line, paragraph, span, type Line } from './line.js';

/** A guide to choose. `facts` is null until the guide has been compiled. */
export interface GuideChoice {
  path: string; id: string; title: string;
  facts: {
    description: string; risk: string | null; estimateMs: number | null; steps: number; problems: number;
    lastRehearsal: { at: string; outcome: string } | null;
  } | null;
}
export interface EnvironmentChoice { name: string; protected: boolean }
/** What was chosen. */
export interface Chosen { path: string; mode: 'rehearse' | 'run'; environment: string | null }

/** Cursor, filter and how far the choice is. */
export interface ChooserUi { cursor: number; filter: string; filtering: boolean; path: string | null; where: number }
export const freshChooser: ChooserUi = { cursor: 0, filter: '', filtering: false, path: null, where: 0 };

export type ChooserEnd = Chosen | 'leave' | null;

function matching(guides: readonly GuideChoice[], filter: string): GuideChoice[] {
  const wanted = filter.toLowerCase();
  return guides.filter((one) => `${one.id} ${one.title} ${one.facts?.description ?? ''}`.toLowerCase().includes(wanted));
}

/** Ways to walk a guide: a rehearsal first; a run without an environment uses DATABASE_URL. */
export function waysOf(environments: readonly EnvironmentChoice[]): { label: string; mode: Chosen['mode']; environment: string | null; protected: boolean }[] {
  return [
    { label: 'Rehearse on the built-in PostgreSQL: forward, back, proof, forward again', mode: 'rehearse', environment: null, protected: false },
    ...environments.map((one) => ({ label: `Run on ${one.name}${one.protected ? ' (PROTECTED)' : ''}`, mode: 'run' as const, environment: one.name, protected: one.protected })),
    ...(environments.length === 0 ? [{ label: 'Run on the database of DATABASE_URL or PG* variables', mode: 'run' as const, environment: null, protected: false }] : []),
  ];
}

/** A key press: pure. */
export function pressChooser(ui: ChooserUi, key: string, guides: readonly GuideChoice[], environments: readonly EnvironmentChoice[]): { ui: ChooserUi; end: ChooserEnd } {
  const go = (next: Partial<ChooserUi>): { ui: ChooserUi; end: ChooserEnd } => ({ ui: { ...ui, ...next }, end: null });
  if (key === 'ctrl-c') return { ui, end: 'leave' };
  if (ui.filtering) {
    if (key === 'return') return go({ filtering: false });
    if (key === 'escape') return go({ filtering: false, filter: '', cursor: 0 });
    if (key === 'backspace') return go({ filter: Array.from(ui.filter).slice(0, -1).join(''), cursor: 0 });
    return Array.from(key).length === 1 || key === 'space' ? go({ filter: ui.filter + (key === 'space' ? ' ' : key), cursor: 0 }) : go({});
  }
  const list = matching(guides, ui.filter);
  const ways = waysOf(environments);
  const count = ui.path === null ? list.length : ways.length;
  const at = ui.path === null ? ui.cursor : ui.where;
  const move = (to: number): { ui: ChooserUi; end: ChooserEnd } => go(ui.path === null ? { cursor: Math.max(0, Math.min(count - 1, to)) } : { where: Math.max(0, Math.min(count - 1, to)) });
  switch (key) {
    case 'j': case 'downArrow': return move(at + 1);
    case 'k': case 'upArrow': return move(at - 1);
    case 'g': return move(0);
    case 'G': return move(count - 1);
    case '/': return ui.path === null ? go({ filtering: true }) : go({});
    case 'escape': return ui.path === null ? go({ filter: '', cursor: 0 }) : go({ path: null });
    case 'q': return { ui, end: 'leave' };
    case 'return': {
      if (ui.path === null) {
        const chosen = list[ui.cursor];
        return chosen && !broken(chosen) ? go({ path: chosen.path, where: 0 }) : go({});
      }
      const way = ways[ui.where];
      return way ? { ui, end: { path: ui.path, mode: way.mode, environment: way.environment } } : go({});
    }
    default: return go({});
  }
}

/** The screen as lines: exactly `rows - 1`. */
export function chooserLines(ui: ChooserUi, guides: readonly GuideChoice[], environments: readonly EnvironmentChoice[], { columns, rows }: { columns: number; rows: number }): Line[] {
  const list = matching(guides, ui.filter);
  const height = rows - 1;
  const marked = ui.path === null ? list[ui.cursor] : guides.find((one) => one.path === ui.path);
  const head = [line(span(' deploy-wizard ', 'good', true), span(ui.path === null ? '  Choose a guide' : `  ${marked?.title ?? ''}`, 'plain', true)), line('')];
  const foot = line(span(ui.filtering ? ' enter' : ' j k', 'key'), span(ui.filtering ? ' keep the filter' : ' move', 'muted'), span('  enter', 'key'), span(ui.path === null ? ' choose' : ' start', 'muted'), span('  /', 'key'), span(' filter', 'muted'), span('  esc', 'key'), span(ui.path === null ? ' clear' : ' back', 'muted'), span('  q', 'key'), span(' leave', 'muted'));
  const filter = ui.filtering || ui.filter !== '' ? [line(span('/', 'accent'), span(ui.filter), span(ui.filtering ? '▏' : '', 'accent'))] : [];
  const detail = marked ? detailLines(marked, columns) : [line(span('No guide matches the filter.', 'warn'))];
  const entries: Line[] = ui.path === null
    ? list.map((one, index) => line(span(index === ui.cursor ? '› ' : '  ', 'accent'), ...fill(line(span(one.title, index === ui.cursor ? 'key' : 'plain')), Math.max(20, Math.min(56, columns - 33))), span(summary(one), broken(one) ? 'bad' : 'muted')))
    : waysOf(environments).map((one, index) => line(span(index === ui.where ? '› ' : '  ', 'accent'), span(one.label, one.protected ? 'danger' : index === ui.where ? 'key' : 'plain')));
  const at = ui.path === null ? ui.cursor : ui.where;
  const room = Math.max(1, height - head.length - filter.length - 1 - Math.min(detail.length + 1, Math.floor(height / 2)));
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), entries.length - room));
  const body = [...head, ...filter, ...entries.slice(from, from + room), line(''), ...detail];
  return [...Array.from({ length: height - 1 }, (_, row) => fit(body[row] ?? [], columns)), fit(foot, columns)];
}

function broken(one: GuideChoice): boolean {
  return (one.facts?.problems ?? 0) > 0;
}

function summary({ facts }: GuideChoice): string {
  if (facts === null) return 'reading…';
  if (facts.problems > 0) return `${facts.problems} errors`;
  return [`${facts.steps} steps`, facts.risk ? `${facts.risk} risk` : '', facts.estimateMs ? `~${formatDuration(facts.estimateMs).replace(/ 00 s$/, '')}` : ''].filter((part) => part !== '').join(' · ');
}

function detailLines({ id, title, path, facts }: GuideChoice, columns: number): Line[] {
  const rule = line(span('─'.repeat(columns), 'muted'));
  if (facts === null) return [rule, line(''), line(span(path, 'muted'))];
  const rehearsed = facts.lastRehearsal ? `last rehearsal ${facts.lastRehearsal.at.slice(0, 16).replace('T', ' ')} UTC: ${facts.lastRehearsal.outcome}` : 'never rehearsed here';
  return [
    rule, ...paragraph(facts.description === '' ? title : facts.description, columns).slice(0, 5), line(span(rehearsed, facts.lastRehearsal?.outcome === 'passed' ? 'good' : 'warn')),
    ...(facts.problems > 0 ? [line(span(`The guide has errors: deploy-wizard check ${id}`, 'bad'))] : []), line(span(path, 'muted')),
  ];
}
