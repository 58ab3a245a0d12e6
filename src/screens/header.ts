import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { formatDuration } from '../text/duration.js';
import { displayWidth } from '../text/width.js';
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
  const window = windowSpans(store, now, columns - widthOf([badge, counted]) - MIN_TITLE);
  const title = fit([span(`  ${state.guide.title}`, 'plain', true)], Math.max(0, columns - widthOf([badge, counted, ...window]) - (window.length > 0 ? 2 : 0)));
  const left = [badge, ...title, counted];
  const first = window.length === 0 ? left : [...fill(left, Math.max(0, columns - widthOf(window))), ...window];
  const [running, tone] = runWord(state, store.readOnly);
  return [fit(first, columns), whereLine(state, store.graph, span(running, tone), columns)];
}

/** The guide's title keeps this much of the first line. */
const MIN_TITLE = 14;
/** A server's name that is cut shorter says nothing. */
const MIN_SERVER = 10;

/** Run state, database, role, transaction, server, version: what does not fit is left out from the end, the server is cut. */
function whereLine(state: RunState, graph: Graph, running: Span, columns: number): Line {
  const { target } = state;
  if (target === null) return fit([running, span(' · not connected', 'muted')], columns);
  let room = columns - displayWidth(running.text);
  const out: Line = [running];
  const server = target.server.startsWith('/') ? 'local socket' : target.server;
  for (const part of [target.database, target.role, transaction(graph, state), server, `PG ${target.version}`]) {
    const needs = displayWidth(part) + 3;
    if (needs > room && (part !== server || room < MIN_SERVER + 3)) break;
    out.push(...fit([span(` · ${part}`, 'muted')], room));
    room -= needs;
  }
  return fit(out, columns);
}

const widthOf = (content: Line): number => content.reduce((sum, one) => sum + displayWidth(one.text), 0);

function runWord(state: RunState, readOnly: boolean): [string, Tone] {
  if (state.outcome !== null) return [state.outcome, state.outcome === 'passed' || state.outcome === 'rolled back' ? 'good' : 'bad'];
  const watched = readOnly ? 'watching: ' : '';
  if (state.asking) return [readOnly ? `${watched}${state.operator} is asked` : 'waits for you', 'warn'];
  return [`${watched}${state.current ? 'running' : 'between steps'}`, 'accent'];
}

/** Whether a transaction is open on the session now. */
function transaction(graph: Graph, state: RunState): string {
  const step = graph.steps.find((one) => one.id === state.current?.step);
  if (state.current === null || state.asking || !step?.transaction || step.statements.length === 0) return 'no transaction';
  const known = state.passes[state.current.pass]?.[state.current.step];
  if (known?.committing) return 'committing';
  return known?.statements.some((one) => one.error !== null && !one.tolerated) ? 'failed transaction' : 'in transaction';
}

/** Time left in the window, the latest start of the rollback, the foretold end: in as many words as fit. */
function windowSpans(store: WalkStore, now: Date, room: number): Line {
  const window = store.windowInfo();
  if (!window) return [];
  const ms = Date.parse(window.end) - now.getTime();
  const tone: Tone = ms > 0 ? 'plain' : 'bad';
  const back = window.abortBy === null ? '' : clock(window.abortBy);
  const long: Line = [span(ms > 0 ? `${formatDuration(ms)} left in window` : 'WINDOW IS OVER', tone), span(back === '' ? '' : ` · roll back by ${back}`), span(` · end ~${clock(window.expectedEnd)}`, 'muted')];
  const short: Line = [span(ms > 0 ? `${formatDuration(ms)} left` : 'WINDOW OVER', tone), span(back === '' ? '' : ` · back by ${back}`)];
  return [long, long.slice(0, 2)].find((one) => widthOf(one) <= room) ?? short;
}

/** Local time of day, as the clock on the wall shows it. */
function clock(iso: string): string {
  const date = new Date(iso);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
