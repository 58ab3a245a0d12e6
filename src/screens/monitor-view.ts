import type { StepState } from '../engine/state.js';
import type { Step } from '../graph/graph.js';
import { formatDuration } from '../text/duration.js';
import { displayWidth } from '../text/width.js';
import { fill, line, paragraph, span, type Line } from './line.js';
import { spark } from './spark.js';

const LABEL = 24;

/** The watch so far: rounds, time left, and for each figure its course, last, lowest and highest. */
export function monitorLines(step: Step, known: StepState, width: number, now: Date): Line[] {
  const { rounds } = known;
  const [first] = rounds;
  if (!first) return [];
  const names = [...new Set(rounds.flatMap((round) => Object.keys(round.figures)))];
  const label = Math.min(LABEL, Math.max(8, ...names.map(displayWidth)));
  return [line(''), ...progressLines(step, known, Date.parse(first.at), { width, now }), ...names.map((name) => {
    const values = rounds.flatMap((round) => round.figures[name] ?? []);
    const words = `  ${figure(values.at(-1) ?? 0)}  lowest ${figure(Math.min(...values))}, highest ${figure(Math.max(...values))}`;
    const room = Math.max(4, Math.min(60, width - label - 4 - displayWidth(words)));
    return [...fill(line(span(`  ${name}`)), label + 3), span(spark(values, room), 'accent'), span(words, 'muted')];
  })];
}

function progressLines(step: Step, known: StepState, began: number, { width, now }: { width: number; now: Date }): Line[] {
  const { repeat } = step;
  const times = `${known.roundCount} measurement${known.roundCount === 1 ? '' : 's'}`;
  if (!repeat || known.finishedAt !== null) return [line(span(times, 'muted'))];
  const left = began + repeat.forMs - now.getTime();
  return [
    line(span(`${formatDuration(Math.max(0, left))} left`, 'key'), span(` of ${formatDuration(repeat.forMs)}, every ${formatDuration(repeat.everyMs)}; ${times}`, 'muted')),
    ...paragraph('ends at the first threshold that breaks', width, 'muted'),
  ];
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 3 : 1);
}
