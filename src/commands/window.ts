import { EXIT, ProblemError } from '../text/problem.js';
import { parseDuration } from '../text/duration.js';

/**
 * `--window`: `02:00-04:00` (local time, the end after the start), or a
 * duration from now such as `90m`. Gives ISO times. Throws a ProblemError (exit 2).
 */
export function parseWindow(text: string, now: Date): { start: string; end: string } {
  const span = parseDuration(text);
  if (span !== null) return { start: now.toISOString(), end: new Date(now.getTime() + span).toISOString() };
  const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(text);
  const dates = match ? null : text.split(/(?<=\dZ?)-(?=\d{4}-)|\//).map((part) => new Date(part));
  if (match) {
    const [, h1, m1, h2, m2] = match.map(Number) as [number, number, number, number, number];
    const start = new Date(now);
    start.setHours(h1, m1, 0, 0);
    const end = new Date(start);
    end.setHours(h2, m2, 0, 0);
    if (end <= start) end.setDate(end.getDate() + 1);
    return { start: start.toISOString(), end: end.toISOString() };
  }
  const [start, end] = dates ?? [];
  if (start && end && !Number.isNaN(start.getTime()) && !Number.isNaN(end.getTime())) return { start: start.toISOString(), end: end.toISOString() };
  throw new ProblemError({ code: 'window-unreadable', what: `"${text}" is not a maintenance window.`, where: '--window', remedy: 'Give 02:00-04:00 or a duration such as 90m.' }, EXIT.usage);
}
