import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { formatDuration } from '../text/duration.js';
import { line, paragraph, span, type Line } from './line.js';
import { environmentTone } from './theme.js';
import { forwardOnly, nameOf, nextOpen, progress } from './outline.js';

/** Where the run would go: the database, who we are there, and what the guide is about to do. */
export function targetLines(graph: Graph, state: RunState, width: number): Line[] {
  const { target, guide, rehearsal, environment } = state;
  const fact = (label: string, value: string, tone: 'plain' | 'bad' | 'warn' | 'good' = 'plain'): Line[] => {
    const [first = [], ...rest] = paragraph(value, Math.max(8, width - 14), tone);
    return [[span(`  ${label.padEnd(12)}`, 'muted'), ...first], ...rest.map((one) => [span(' '.repeat(14)), ...one])];
  };
  const steps = forwardOnly(graph);
  const writing = steps.filter((one) => one.statements.some((statement) => statement.writes)).length;
  const where = target === null ? [] : [
    ...fact('server', target.server.startsWith('/') ? `local socket ${target.server}` : target.server), ...fact('database', target.database), ...fact('role', `${target.role}${target.superuser ? ', a superuser' : ''}`, target.superuser ? 'warn' : 'plain'),
    ...fact('PostgreSQL', `${target.version}, ${target.standby ? 'standby: nothing can be written' : 'primary'}`, target.standby ? 'bad' : 'plain'), ...fact('TLS', target.tls, target.tls === 'off' ? 'warn' : 'plain'),
  ];
  return [
    ...(state.asking?.kind === 'target' && state.asking.goesOn ? [line(span(state.asking.goesOn === 'rollback' ? 'Roll back a run' : 'Go on with a run', 'plain', true), span(`  ${state.run}, begun ${state.startedAt.slice(0, 16).replace('T', ' ')} UTC${since(state)}`, 'muted'))] : []),
    line(span(` ${environment.toUpperCase()}${state.protected ? ' PROTECTED' : ''} `, environmentTone(state.protected, state.mode), true), span(state.protected ? '  nothing was sent yet' : '  not a protected environment', 'muted')),
    ...where, line(''),
    ...fact('guide', `${guide.title} (${guide.path})`),
    ...(state.guideChange === null ? [] : fact('CHANGED', `since the run was left: ${state.guideChange}`, 'warn')),
    ...fact('steps', `${steps.length}, ${writing} of them write${graph.guide.risk ? `; ${graph.guide.risk} risk` : ''}${graph.guide.estimateMs ? `; takes ~${formatDuration(graph.guide.estimateMs)}` : ''}`),
    ...begunLines(graph, state, fact, state.asking?.kind === 'target' && state.asking.goesOn === 'rollback'),
    ...fact('rehearsal', rehearsal ? `run ${rehearsal.run}, ${rehearsal.at.slice(0, 16).replace('T', ' ')} UTC${rehearsal.sha256Matches ? '' : '; the guide was CHANGED since'}` : 'none that passed is known here', rehearsal?.sha256Matches ? 'good' : 'warn'),
    ...(state.window ? fact('window', `${state.window.start.slice(0, 16).replace('T', ' ')} to ${state.window.end.slice(11, 16)} UTC`) : []),
  ];
}

/** Who had it before, where it changed hands. */
function since({ handovers, operator }: RunState): string {
  const from = handovers.at(-1)?.from;
  return from === undefined || from === operator ? '' : ` by ${from}`;
}

/** Of a run that is gone on with: how far it is, and where it goes on. */
function begunLines(graph: Graph, state: RunState, fact: (label: string, value: string, tone: 'warn') => Line[], back: boolean): Line[] {
  const { done, all } = progress(graph, state);
  const next = nextOpen(graph, state);
  return done === 0 ? [] : fact('so far', `${done} of ${all} steps are done${back ? '; what they applied would be undone' : next ? `; goes on with ${nameOf(graph, next)}` : ''}`, 'warn');
}
