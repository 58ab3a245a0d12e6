import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { formatDuration } from '../text/duration.js';
import { displayWidth } from '../text/width.js';
import { fit, line, span, type Line } from './line.js';
import { progress } from './outline.js';
import type { WalkStore } from './store.js';
import { environmentTone, type Tone } from './theme.js';

/** Two lines that stay: environment and guide; run state, time in the window, and where the session is. */
export function headerLines(store: WalkStore, columns: number, now: Date): Line[] {
  const state = store.getState();
  const { target } = state;
  const word = state.mode === 'rehearsal' ? 'REHEARSAL' : state.mode === 'dry-run' ? 'DRY RUN' : `${state.environment.toUpperCase()}${state.protected ? ' PROTECTED' : ''}`;
  const stage = state.mode === 'rehearsal' && state.stage !== 'forward' ? ` · ${state.stage}` : '';
  const { done, all } = progress(store.graph, state);
  const first = line(span(` ${word} `, environmentTone(state.protected, state.mode), true), span(`  ${state.guide.title}`, 'plain', true), span(`  ${done}/${all}${stage}`, 'muted'));
  const server = target === null ? '' : target.server.startsWith('/') ? 'local socket' : target.server;
  const [running, tone] = runWord(state, store.readOnly);
  const where = target ? [target.database, target.role, transaction(store.graph, state), server, `PG ${target.version}`] : ['not connected'];
  const known = [span(running, tone), ...windowSpans(store, now)];
  let room = columns - known.reduce((sum, one) => sum + displayWidth(one.text), 0);
  // What does not fit is left out whole; the database goes last.
  const parts = where.filter((part) => part !== '' && (room -= displayWidth(part) + 3) >= 0);
  return [fit(first, columns), fit([...known, span(parts.map((part) => ` · ${part}`).join(''), 'muted')], columns)];
}

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

function windowSpans(store: WalkStore, now: Date): Line {
  const window = store.windowInfo();
  if (!window) return [];
  const left = Date.parse(window.end) - now.getTime();
  return [
    span(left > 0 ? ` · ${formatDuration(left)} left in window` : ' · WINDOW IS OVER', left > 0 ? 'plain' : 'bad'),
    span(window.abortBy ? ` · roll back by ${clock(window.abortBy)}` : '', 'plain'), span(` · end ~${clock(window.expectedEnd)}`, 'muted'),
  ];
}

/** Local time of day, as the clock on the wall shows it. */
function clock(iso: string): string {
  const date = new Date(iso);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
