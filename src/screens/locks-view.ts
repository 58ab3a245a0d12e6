import type { Mode } from '../engine/event.js';
import { alone } from '../steps/sql.js';
import type { StepState } from '../engine/state.js';
import type { Step } from '../graph/graph.js';
import { formatDuration } from '../text/duration.js';
import { line, paragraph, span, type Line } from './line.js';

/** Who keeps the step waiting, and the locks that it took. */
export function lockLines(step: Step, known: StepState, given: { width: number; now: Date; marked: number; mode: Mode }): Line[] {
  const { width, now, marked, mode } = given;
  const lines: Line[] = [line(span(`Locks of ${step.title}`, 'plain', true))];
  if (known.blockers.length > 0) lines.push(line(span('Who keeps it waiting', 'bad', true), span('  c cancels its query, T ends the session; both ask first', 'muted')));
  for (const [index, one] of known.blockers.entries()) {
    const since = one.since === null ? '' : `, for ${formatDuration(Math.max(0, now.getTime() - Date.parse(one.since)))}`;
    lines.push(
      line(span(index === marked ? '› ' : '  ', 'accent'), span(`pid ${one.pid}`, index === marked ? 'key' : 'plain'), span(`  ${one.user}${one.application === '' ? '' : ` by ${one.application}`}, ${one.state}${since}`)),
      ...paragraph(one.query, width, 'accent', '    ').slice(0, 4), ...paragraph(`holds ${one.holds.join(', ') || 'nothing that we see'}`, width, 'muted', '    '),
    );
  }
  const held = [...known.locks.map((lock) => line(span(`  ${lock.mode} on ${lock.relation}`), span('  until COMMIT', 'muted'))), ...known.statements.flatMap((result) => [
    ...result.locks.map((lock) => line(span(`  ${lock.mode} on ${lock.relation}`), span(`  statement ${result.index + 1}`, 'muted'))),
    ...result.rewrites.map((table) => line(span(`  ! rewrites ${table}`, 'warn'))),
  ])];
  return [...lines, line(''), line(span('Locks that it took', 'plain', true)), ...(held.length > 0 ? held : [line(span(`  ${noneSeen(step, known, mode)}`, 'muted'))])];
}

/** Why no lock is told: none was taken, or nobody has looked yet. */
function noneSeen(step: Step, known: StepState, mode: Mode): string {
  if (step.statements.length === 0) return 'the step has no statement that could take any';
  if (known.verdict === 'pending') return 'the step has not run';
  if (known.verdict !== 'running') return 'none seen';
  if (mode === 'rehearsal') return 'not known yet: they are told of each statement as it ends';
  return alone(step) ? 'none seen yet: they are looked at every fifth of a second' : 'not known yet: they are looked at right before COMMIT';
}
