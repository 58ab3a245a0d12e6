import { useState, type ReactNode } from 'react';
import { render, useInput, useWindowSize } from 'ink';
import { restoreAtExit } from '../terminal/restore.js';
import { formatDuration } from '../text/duration.js';
import { keyNames } from './key-name.js';
import { fill, fit, line, paragraph, span, type Line } from './line.js';
import { Rows } from './rows.js';

export interface GuideChoice {
  id: string; title: string; path: string; description: string; risk: string | null; estimateMs: number | null; steps: number; problems: number;
  lastRehearsal: { at: string; outcome: string } | null;
}
export interface EnvironmentChoice { name: string; protected: boolean }
export interface Chosen { guide: string; mode: 'rehearse' | 'run'; environment: string | null }

/** Cursor, filter and how far the choice is. */
export interface ChooserUi { cursor: number; filter: string; filtering: boolean; guide: string | null; where: number }
export const freshChooser: ChooserUi = { cursor: 0, filter: '', filtering: false, guide: null, where: 0 };

export type ChooserEnd = Chosen | 'leave' | null;

function matching(guides: readonly GuideChoice[], filter: string): GuideChoice[] {
  const wanted = filter.toLowerCase();
  return guides.filter((one) => `${one.id} ${one.title} ${one.description}`.toLowerCase().includes(wanted));
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
  const count = ui.guide === null ? list.length : ways.length;
  const at = ui.guide === null ? ui.cursor : ui.where;
  const move = (to: number): { ui: ChooserUi; end: ChooserEnd } => go(ui.guide === null ? { cursor: Math.max(0, Math.min(count - 1, to)) } : { where: Math.max(0, Math.min(count - 1, to)) });
  switch (key) {
    case 'j': case 'downArrow': return move(at + 1);
    case 'k': case 'upArrow': return move(at - 1);
    case 'g': return move(0);
    case 'G': return move(count - 1);
    case '/': return ui.guide === null ? go({ filtering: true }) : go({});
    case 'escape': return ui.guide === null ? go({ filter: '', cursor: 0 }) : go({ guide: null });
    case 'q': return { ui, end: 'leave' };
    case 'return': {
      if (ui.guide === null) {
        const chosen = list[ui.cursor];
        return chosen && chosen.problems === 0 ? go({ guide: chosen.id, where: 0 }) : go({});
      }
      const way = ways[ui.where];
      return way ? { ui, end: { guide: ui.guide, mode: way.mode, environment: way.environment } } : go({});
    }
    default: return go({});
  }
}

/** The screen as lines: exactly `rows - 1`. */
export function chooserLines(ui: ChooserUi, guides: readonly GuideChoice[], environments: readonly EnvironmentChoice[], { columns, rows }: { columns: number; rows: number }): Line[] {
  const list = matching(guides, ui.filter);
  const height = rows - 1;
  const marked = ui.guide === null ? list[ui.cursor] : guides.find((one) => one.id === ui.guide);
  const head = [line(span(' deploy-wizard ', 'good', true), span(ui.guide === null ? '  Choose a guide' : `  ${marked?.title ?? ''}`, 'plain', true)), line('')];
  const foot = line(span(ui.filtering ? ' enter' : ' j k', 'key'), span(ui.filtering ? ' keep the filter' : ' move', 'muted'), span('  enter', 'key'), span(ui.guide === null ? ' choose' : ' start', 'muted'), span('  /', 'key'), span(' filter', 'muted'), span('  esc', 'key'), span(ui.guide === null ? ' clear' : ' back', 'muted'), span('  q', 'key'), span(' leave', 'muted'));
  const filter = ui.filtering || ui.filter !== '' ? [line(span('/', 'accent'), span(ui.filter), span(ui.filtering ? '▏' : '', 'accent'))] : [];
  const detail = marked ? detailLines(marked, columns) : [line(span('No guide matches the filter.', 'warn'))];
  const entries: Line[] = ui.guide === null
    ? list.map((one, index) => line(span(index === ui.cursor ? '› ' : '  ', 'accent'), ...fill(line(span(one.title, index === ui.cursor ? 'key' : 'plain')), Math.max(20, Math.min(56, columns - 30))), span(facts(one), one.problems > 0 ? 'bad' : 'muted')))
    : waysOf(environments).map((one, index) => line(span(index === ui.where ? '› ' : '  ', 'accent'), span(one.label, one.protected ? 'danger' : index === ui.where ? 'key' : 'plain')));
  const at = ui.guide === null ? ui.cursor : ui.where;
  const room = Math.max(1, height - head.length - filter.length - 1 - Math.min(detail.length + 1, Math.floor(height / 2)));
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), entries.length - room));
  const body = [...head, ...filter, ...entries.slice(from, from + room), line(''), ...detail];
  return [...Array.from({ length: height - 1 }, (_, row) => fit(body[row] ?? [], columns)), fit(foot, columns)];
}

function facts(one: GuideChoice): string {
  if (one.problems > 0) return `${one.problems} errors`;
  return [`${one.steps} steps`, one.risk ? `${one.risk} risk` : '', one.estimateMs ? `~${formatDuration(one.estimateMs)}` : ''].filter((part) => part !== '').join(' · ');
}

function detailLines(one: GuideChoice, columns: number): Line[] {
  const rehearsed = one.lastRehearsal ? `last rehearsal ${one.lastRehearsal.at.slice(0, 16).replace('T', ' ')} UTC: ${one.lastRehearsal.outcome}` : 'never rehearsed here';
  return [
    line(span('─'.repeat(columns), 'muted')), ...paragraph(one.description === '' ? one.title : one.description, columns).slice(0, 5), line(span(rehearsed, one.lastRehearsal?.outcome === 'passed' ? 'good' : 'warn')),
    ...(one.problems > 0 ? [line(span(`The guide has errors: deploy-wizard check ${one.id}`, 'bad'))] : []), line(span(one.path, 'muted')),
  ];
}

function Chooser({ guides, environments, onEnd }: { guides: GuideChoice[]; environments: EnvironmentChoice[]; onEnd(end: Chosen | null): void }): ReactNode {
  const size = useWindowSize();
  const [ui, setUi] = useState(freshChooser);
  useInput((input, key) => {
    let next = ui;
    for (const name of keyNames(input, key)) {
      const pressed = pressChooser(next, name, guides, environments);
      next = pressed.ui;
      if (pressed.end) { onEnd(pressed.end === 'leave' ? null : pressed.end); return; }
    }
    setUi(next);
  });
  return <Rows lines={chooserLines(ui, guides, environments, size)} />;
}

/** Lets a person choose a guide and how to walk it. Null: they left. */
export async function chooseGuide(guides: GuideChoice[], environments: EnvironmentChoice[]): Promise<Chosen | null> {
  const off = restoreAtExit(process.stdout);
  let chosen: Chosen | null = null;
  const instance = render(<Chooser guides={guides} environments={environments} onEnd={(end) => { chosen = end; instance.unmount(); }} />, { alternateScreen: true, exitOnCtrlC: false, patchConsole: false, incrementalRendering: true });
  try {
    await instance.waitUntilExit();
  } finally {
    off();
  }
  return chosen;
}
