import { stepState } from '../engine/state.js';
import { formatDuration } from '../text/duration.js';
import type { Step } from '../graph/graph.js';
import type { Question } from '../steps/question.js';
import { bindings, type Action } from './keymap.js';
import { helpLines } from './footer.js';
import { choiceLines } from './choice-view.js';
import { fill, fit, line, paragraph, span, type Line } from './line.js';
import { lockLines } from './locks-view.js';
import { logLines } from './log-view.js';
import { monitorLines } from './monitor-view.js';
import { isAsked, outlineLines, progress, remaining, waitsFor, WIDE_ROW } from './outline.js';
import { rollbackLines } from './rollback-view.js';
import { stepLines } from './step-view.js';
import type { WalkStore } from './store.js';
import { signedLines, summaryLines } from './summary-view.js';
import { targetLines } from './target-view.js';
import type { Facts, Ui } from './ui.js';

/** From this width on the list of steps stands beside the page. */
export const WIDE = 100;
const OUTLINE = 38;
/** Below this height every row counts. */
const LOW = 10;

export interface PageOptions { store: WalkStore; ui: Ui; facts: Facts; shown: Step | null; now: Date }

/** The part between header and panel: exactly `height` rows. Tells `facts` what scrolls. */
export function pageLines(options: PageOptions, columns: number, height: number): Line[] {
  const { store, ui, facts, shown } = options;
  facts.height = height;
  if (ui.view === 'help') return scrolled(helpLines(bindings, facts.situation, columns, menuWords(facts.question)), options, height, columns);
  if (ui.view === 'log') return scrolled(logLines(store.graph, store.getState(), columns), options, height, columns);
  const outline = (width: number): Line[] => outlineLines(store.graph, store.getState(), { marked: shown?.id ?? null, filter: ui.filter, width, height, waits: waitsFor(store.getState(), store.readOnly) });
  if (columns >= WIDE) {
    const left = outline(OUTLINE);
    const width = columns - OUTLINE - 3;
    const right = scrolled(textLines(options, width), options, height, width);
    return Array.from({ length: height }, (_, row) => [...fill(left[row] ?? [], OUTLINE), span(ui.pane === 'outline' ? ' ┃ ' : ' │ ', 'muted'), ...fit(right[row] ?? [], width)]);
  }
  if (ui.pane === 'outline') {
    if (height < 6) return outline(columns);
    facts.height = height - 1;
    return [overviewLine(options, columns), ...outlineLines(store.graph, store.getState(), { marked: shown?.id ?? null, filter: ui.filter, width: columns, height: height - 1, waits: waitsFor(store.getState(), store.readOnly) })];
  }
  const width = columns;
  // A low window has no row to spare for the progress.
  if (height < 6) return scrolled(textLines(options, width), options, height, width);
  facts.height = height - 1;
  return [progressLine(options), ...scrolled(textLines(options, width), options, height - 1, width)];
}

/** What the page is about, whole. */
function textLines({ store, ui, facts, shown, now }: PageOptions, width: number): Line[] {
  const { graph } = store;
  const state = store.getState();
  const question = facts.question;
  if (ui.view === 'page' && ui.shown === null) {
    if (question?.kind === 'target') return targetLines(graph, state, width);
    if (question?.kind === 'rollback') return rollbackLines(question, graph, state.rehearsal?.durations ?? {}, width);
    if (question?.kind === 'choice') return choiceLines(question, graph, state, { width, marked: ui.cursor });
    if (question?.kind === 'log-field') return logLines(graph, state, width);
    if (question?.kind === 'approval' || state.outcome !== null) return [...(question?.kind === 'approval' ? signedLines(question, graph, state, width) : []), ...summaryLines(graph, state, width)];
  }
  if (!shown) return paragraph(state.pass === 'rollback' && state.mode === 'rehearsal' ? 'The guide has no rollback of what was applied. The database is compared with what it was before.' : 'Nothing to show yet.', width, 'muted');
  const known = stepState(state, state.pass, shown.id);
  if (ui.view === 'locks') return lockLines(shown, known, { width, now, marked: Math.min(ui.cursor, Math.max(0, known.blockers.length - 1)), mode: state.mode });
  const live = store.live();
  return stepLines(graph, state, shown, {
    width, cursor: question?.kind === 'checklist' && question.step === shown.id ? ui.cursor : null,
    live: live?.step === shown.id ? live.text : null, monitor: shown.kind === 'monitor' ? monitorLines(shown, known, width, now) : [], waits: isAsked(state, shown) ? waitsFor(state, store.readOnly) : null,
    asksFailure: question?.kind === 'failure' && question.step === shown.id && !store.readOnly,
  });
}

function progressLine({ store, shown, facts }: PageOptions): Line {
  const state = store.getState();
  const { done, all } = progress(store.graph, state);
  const phase = facts.situation.summary ? 'Summary' : store.graph.phases.find((one) => one.id === shown?.phase)?.title ?? '';
  return line(span(`${done}/${all} `, 'key'), span(bar(done, all), 'accent'), span(` ${phase}`, 'muted'));
}

/** How far it is, and what the rehearsal says of the rest; at the right what the columns of durations are. */
function overviewLine({ store }: PageOptions, columns: number): Line {
  const state = store.getState();
  const { done, all } = progress(store.graph, state);
  const left = remaining(store.graph, state);
  const heads = columns >= WIDE_ROW ? `${'took'.padStart(9)}${state.rehearsal === null ? '' : ` ${'rehearsed'.padStart(10)}`}` : '';
  return [...fill(line(span(`${done}/${all} `, 'key'), span(bar(done, all), 'accent'), span(left === null ? '' : ` ~${formatDuration(left)} to go as rehearsed`, 'muted')), columns - heads.length), span(heads, 'muted')];
}

/** What the failure menu says of its choices, by their keys' actions. */
function menuWords(question: Question | null): Partial<Record<Action, string>> {
  return question?.kind !== 'failure' ? {} : Object.fromEntries(question.choices.flatMap((one) => (one.refused === null ? [[one.choice === 'pause' ? 'leave' : one.choice, one.does]] : [])));
}

const bar = (done: number, all: number): string => '━'.repeat(Math.floor((done / Math.max(1, all)) * 10)).padEnd(10, '·');

/** The rows seen: where a person scrolled to, the end of what is still coming, or around the marked item. */
function scrolled(all: Line[], { ui, facts, store, shown }: PageOptions, rows: number, width: number): Line[] {
  // A low window has no row to spare for what is empty.
  const lines = rows < LOW ? all.filter((one) => one.some(({ text }) => text !== '')) : all;
  facts.length = lines.length;
  const last = Math.max(0, lines.length - rows);
  const live = store.live();
  const coming = ui.view === 'page' && ui.follow && facts.situation.running && live !== null && live.step === shown?.id;
  const marked = facts.situation.list && ui.view === 'page' ? lines.findIndex((one) => one[0]?.text === '› ') : -1;
  const from = Math.max(0, Math.min(coming ? last : marked >= rows - 1 && ui.scroll === 0 ? marked - rows + 2 : ui.scroll, last));
  facts.from = from;
  const seen = lines.slice(from, from + rows).map((one) => fit(one, width));
  if (from < last && seen.length > 1) seen[seen.length - 1] = line(span(`↓ ${lines.length - from - rows + 1} more lines`, 'muted'));
  return seen;
}
