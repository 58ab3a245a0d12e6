import { clockTime, spoken } from './format.js';
import { bounded, oneLine } from './plain.js';
import { h, tone } from './html-text.js';
import type { LogDocument, LogStep } from './schema.js';

const WIDTH = 960;
const LABEL = 270;
const ROW = 22;
const TOP = 26;

const round = (value: number): string => String(Math.round(value * 10) / 10);
const label = (step: LogStep): string => bounded(oneLine(step.name), 38).replace(/… \(\d+ more characters\)$/, '…');

/** The steps that ran as bars over their pass's time: one SVG per pass, each with a title and a description. Empty when none ran. */
export function timeline(log: LogDocument): string {
  const passes: [string, string, readonly LogStep[]][] = [['timeline', 'Forward', log.steps], ['timeline-rollback', 'Rollback', log.rollback.steps], ...log.passes.map((pass, index): [string, string, readonly LogStep[]] => [`timeline-${index}`, `Pass: ${pass.pass}`, pass.steps])];
  const charts = passes.map(([id, name, steps]) => [name, bars(id, name, steps)] as const).filter(([, chart]) => chart !== '');
  return charts.length < 2 ? charts.map(([, chart]) => chart).join('') : charts.map(([name, chart]) => `<div class="pass"><h3>${h(name)}</h3>\n${chart}</div>`).join('\n');
}

function bars(id: string, name: string, steps: readonly LogStep[]): string {
  const ran = steps.flatMap((step) => (step.startedAt === null ? [] : [{ step, start: Date.parse(step.startedAt), end: endOf(step) }])).sort((a, b) => a.start - b.start);
  const [first] = ran;
  if (first === undefined) return '';
  const from = first.start;
  const span = Math.max(1, ...ran.map((one) => one.end - from));
  const x = (time: number): number => LABEL + ((time - from) / span) * (WIDTH - LABEL - 90);
  const height = TOP + ran.length * ROW + 8;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = round(x(from + part * span));
    return `<line class="grid" x1="${at}" y1="18" x2="${at}" y2="${height - 4}"/><text class="soft" x="${at}" y="12" text-anchor="${part === 1 ? 'end' : 'start'}">${spoken(part * span)}</text>`;
  });
  const rows = ran.map(({ step, start, end }, index) => {
    const y = TOP + index * ROW;
    const width = Math.max(3, x(end) - x(start));
    return `<g><title>${h(`${step.name}: ${step.verdict}, started ${clockTime(step.startedAt ?? '')} UTC, ${spoken(end - start)}`)}</title>`
      + `<text x="${LABEL - 8}" y="${y + 13}" text-anchor="end">${h(label(step))}</text><rect class="b-${tone(step.verdict)}" x="${round(x(start))}" y="${y + 3}" width="${round(width)}" height="13" rx="2"/>`
      + `<text class="soft" x="${round(x(start) + width + 5)}" y="${y + 13}">${spoken(end - start)}</text></g>`;
  });
  return svg(id, WIDTH, height, `${name}: ${ran.length} steps over ${spoken(span)}`, 'One bar per step, in the order they started. The table of steps holds the same figures.', [...ticks, ...rows]);
}

function endOf(step: LogStep): number {
  if (step.finishedAt !== null) return Date.parse(step.finishedAt);
  return Date.parse(step.startedAt ?? '') + (step.durationMs ?? 0);
}

/** Rehearsed against actual durations, two bars per step. Empty when nothing was rehearsed. */
export function durationBars(log: LogDocument): string {
  const both = log.steps.flatMap((step) => (step.rehearsedMs === null || step.durationMs === null || !ranThrough(step) ? [] : [{ step, rehearsed: step.rehearsedMs, actual: step.durationMs }]));
  if (both.length === 0) return '';
  const most = Math.max(1, ...both.map((one) => Math.max(one.rehearsed, one.actual)));
  const length = (ms: number): number => Math.max(2, (ms / most) * (WIDTH - LABEL - 90));
  const rows = both.map(({ step, rehearsed, actual }, index) => {
    const y = 4 + index * 34;
    const bar = (ms: number, name: string, at: number): string => `<rect class="${name}" x="${LABEL}" y="${at}" width="${round(length(ms))}" height="11" rx="2"/><text class="soft" x="${round(LABEL + length(ms) + 5)}" y="${at + 10}">${spoken(ms)}</text>`;
    return `<g><title>${h(`${step.name}: rehearsed ${spoken(rehearsed)}, actual ${spoken(actual)}`)}</title><text x="${LABEL - 8}" y="${y + 17}" text-anchor="end">${h(label(step))}</text>${bar(rehearsed, 'b-old', y)}${bar(actual, 'b-new', y + 13)}</g>`;
  });
  return `<p><span class="k-old" aria-hidden="true">■</span> rehearsed (upper bar) <span class="k-new" aria-hidden="true">■</span> actual (lower bar)</p>\n${svg('durations', WIDTH, 8 + both.length * 34, 'Rehearsed against actual durations', 'Two bars per step: rehearsed above, actual below.', rows)}`;
}

/** Whether the duration is that of the whole step. */
function ranThrough(step: LogStep): boolean {
  return ['passed', 'warned', 'failed', 'waived'].includes(step.verdict);
}

/** Figures that are numbers both times as pairs of bars. */
export function metricCharts(log: LogDocument): string {
  const figures = Object.entries(log.metrics.before).flatMap(([name, before], index) => {
    const after = log.metrics.after[name];
    const [was, is] = [numberOf(before), after === undefined ? null : numberOf(after)];
    if (was === null || is === null || after === undefined) return [];
    const most = Math.max(1e-9, Math.abs(was), Math.abs(is));
    const bar = (value: number, text: string, kind: string, word: string, y: number): string => `<text class="soft" x="0" y="${y + 11}">${word}</text><rect class="${kind}" x="46" y="${y}" width="${round(Math.max(1, (Math.abs(value) / most) * 170))}" height="14" rx="2"/><text x="${round(52 + Math.max(1, (Math.abs(value) / most) * 170))}" y="${y + 11}">${h(bounded(text, 14))}</text>`;
    const chart = svg(`metric-${index}`, 300, 44, `${oneLine(name)}: ${oneLine(before)} before, ${oneLine(after)} after`, 'Two bars: before above, after below.', [bar(was, before, 'b-old', 'before', 2), bar(is, after, 'b-new', 'after', 24)], false);
    return [`<figure><figcaption>${h(name)}</figcaption>${chart}</figure>`];
  });
  return figures.length === 0 ? '' : `<div class="charts">\n${figures.join('\n')}\n</div>`;
}

function numberOf(text: string): number | null {
  const found = /^\s*(-?\d+(?:\.\d+)?)\s*(?:[%\p{L}/]*)\s*$/u.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

function svg(id: string, width: number, height: number, title: string, description: string, parts: readonly string[], framed = true): string {
  const image = `<svg role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${id}-t">${h(title)}</title><desc id="${id}-d">${h(description)}</desc>\n${parts.join('\n')}\n</svg>`;
  return framed ? `<div class="chart" role="group" tabindex="0" aria-label="${h(title)}">${image}</div>` : image;
}
