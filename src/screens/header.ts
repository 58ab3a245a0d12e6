import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { formatDuration } from '../text/duration.js';
import { displayWidth, truncate } from '../text/width.js';
import { fill, fit, span, type Line, type Span } from './line.js';
import { progress } from './outline.js';
import type { WalkStore } from './store.js';
import { environmentTone, type Tone } from './theme.js';

/** Two lines that stay: environment, guide and time in the window; run state, and where the session is. */
export function headerLines(store: WalkStore, columns: number, now: Date): Line[] {
  const state = store.getState();
  const word = state.mode === 'rehearsal' ? 'REHEARSAL' : state.mode === 'dry-run' ? 'DRY RUN' : `${state.environment.toUpperCase()}${state.protected ? ' PROTECTED' : ''}`;
  const stage = state.mode === 'rehearsal' && state.stage !== 'forward' ? ` · ${state.stage}` : '';
  const { done, all } = progress(store.graph, state);
  const badge = span(` ${word} `, environmentTone(state.protected, state.mode), true);
  const counted = span(`  ${done}/${all}${stage}`, 'muted');
  const window = windowSpans(store, now, columns - widthOf([badge]) - 2, widthOf([counted]) + MIN_TITLE);
  // The window's times stay whole; the guide's title and how far it is give way to them.
  const room = Math.max(0, columns - widthOf([badge, ...window]) - (window.length > 0 ? 2 : 0));
  const said = widthOf([counted]) > room ? [] : [...fit([span(`  ${state.guide.title}`, 'plain', true)], room - widthOf([counted])), counted];
  const first = window.length === 0 ? [badge, ...said] : [...fill([badge, ...said], columns - widthOf(window)), ...window];
  const [running, tone] = runWord(state, store.readOnly);
  return [fit(first, columns), whereLine(state, store.graph, span(running, tone), columns)];
}

/** The guide's title keeps this much of the first line, where the window's times can be said in fewer words. */
const MIN_TITLE = 14;
/** A name that is cut shorter says nothing. */
const MIN_NAME = 4;

/** Run state, server, database, role, transaction, version. All but the version are always there: words get shorter, then the longest names. */
function whereLine(state: RunState, graph: Graph, running: Span, columns: number): Line {
  const { target } = state;
  if (target === null) return fit([running, span(' · not connected', 'muted')], columns);
  const server = target.server.startsWith('/') ? 'local socket' : target.server;
  const names = [server, target.database, target.role];
  const [long, short] = transaction(graph, state);
  const room = columns - displayWidth(running.text);
  const version = `PG ${target.version}`;
  const parts = [[...names, long, version], [...names, long], [...names, short]].find((one) => lengthOf(one) <= room) ?? [...shortened(names, room - lengthOf([short])), short];
  return fit([running, ...parts.map((one) => span(` · ${one}`, 'muted'))], columns);
}

const lengthOf = (parts: readonly string[]): number => parts.reduce((sum, one) => sum + displayWidth(one) + 3, 0);

/** Names in a room: the longest is cut first, a column at a time. */
function shortened(names: readonly string[], room: number): string[] {
  const widths = names.map(displayWidth);
  for (let over = lengthOf(names) - room; over > 0; over -= 1) {
    const longest = widths.indexOf(Math.max(...widths));
    if ((widths[longest] ?? 0) <= MIN_NAME) break;
    widths[longest] = (widths[longest] ?? 0) - 1;
  }
  return names.map((one, index) => truncate(one, widths[index] ?? 0));
}

const widthOf = (content: Line): number => content.reduce((sum, one) => sum + displayWidth(one.text), 0);

function runWord(state: RunState, readOnly: boolean): [string, Tone] {
  if (state.outcome !== null) return [state.outcome, state.outcome === 'passed' || state.outcome === 'rolled back' ? 'good' : 'bad'];
  const watched = readOnly ? 'watching: ' : '';
  if (state.asking) return [readOnly ? `${watched}${state.operator} is asked` : 'waits for you', 'warn'];
  return [`${watched}${state.current ? 'running' : 'between steps'}`, 'accent'];
}

/** Whether a transaction is open on the session now, in words and in short. */
function transaction(graph: Graph, state: RunState): [string, string] {
  const step = graph.steps.find((one) => one.id === state.current?.step);
  if (state.current === null || state.asking || !step?.transaction || step.statements.length === 0 || step.kind === 'monitor') return ['no transaction', 'no tx'];
  const known = state.passes[state.current.pass]?.[state.current.step];
  if (known?.committing) return ['committing', 'committing'];
  return known?.statements.some((one) => one.error !== null && !one.tolerated) ? ['failed transaction', 'failed tx'] : ['in transaction', 'in tx'];
}

/** Time left in the window, the latest start of the rollback, the foretold end: in as many words as fit beside a title, the two times in any case. */
function windowSpans(store: WalkStore, now: Date, room: number, title: number): Line {
  const window = store.windowInfo();
  if (!window) return [];
  const ms = Date.parse(window.end) - now.getTime();
  const tone: Tone = ms > 0 ? 'plain' : 'bad';
  const back = window.abortBy === null ? '' : clock(window.abortBy);
  const told = (left: string, by: string, end = ''): Line => [span(left, tone), span(back === '' ? '' : ` · ${by} ${back}`), span(end, 'muted')];
  const left = ms > 0 ? formatDuration(ms) : '';
  const forms = [
    told(ms > 0 ? `${left} left in window` : 'WINDOW IS OVER', 'roll back by', ` · end ~${clock(window.expectedEnd)}`), told(ms > 0 ? `${left} left in window` : 'WINDOW IS OVER', 'roll back by'),
    told(ms > 0 ? `${left} left` : 'WINDOW OVER', 'back by'), told(ms > 0 ? `${roughly(ms)} left` : 'WINDOW OVER', 'back by'),
  ];
  const tiny = told(ms > 0 ? roughly(ms) : 'OVER', 'back');
  return forms.find((one) => widthOf(one) <= room - title) ?? forms.slice(2).find((one) => widthOf(one) <= room) ?? tiny;
}

/** A duration in its largest unit. */
function roughly(ms: number): string {
  return ms < 60_000 ? `${Math.floor(ms / 1000)} s` : ms < 3_600_000 ? `${Math.floor(ms / 60_000)} m` : `${Math.floor(ms / 3_600_000)} h`;
}

/** Local time of day, as the clock on the wall shows it. */
function clock(iso: string): string {
  const date = new Date(iso);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
