/**
 * Times, durations and plain one-line text as the logs write them. No clock
 * and no locale: the same events give the same bytes on every machine.
 */

const digits = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `2026-03-01 14:05:09 UTC` from an ISO 8601 time; the text itself when it is none. */
export function utc(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${day(date)} ${digits(date.getUTCHours())}:${digits(date.getUTCMinutes())}:${digits(date.getUTCSeconds())} UTC`;
}

/** `14:05:09` of an ISO 8601 time, UTC. */
export function clockTime(iso: string): string {
  return utc(iso).slice(11, 19);
}

/** `2026-03-01`. */
export function day(date: Date): string {
  return `${digits(date.getUTCFullYear(), 4)}-${digits(date.getUTCMonth() + 1)}-${digits(date.getUTCDate())}`;
}

/**
 * Fills a pattern such as `YYYY-MM-DD HH:MM UTC` with a time. `MM` after a
 * colon, or right after `HH`, is minutes, elsewhere the month; upper and lower
 * case mean the same. Null when the pattern holds letters that are no part of a time.
 */
export function patternTime(pattern: string, iso: string): string | null {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return null;
  let lastWasHour = false;
  let known = 0;
  const filled = pattern.replace(/[A-Za-z]+/g, (word, offset: number) => {
    const upper = word.toUpperCase();
    const afterHour = lastWasHour && /[:hH.]$/.test(pattern.slice(0, offset));
    lastWasHour = upper === 'HH';
    if (upper === 'UTC' || upper === 'Z' || upper === 'GMT' || word === 'T') return word;
    known += 1;
    if (upper === 'YYYY') return digits(date.getUTCFullYear(), 4);
    if (upper === 'YY') return digits(date.getUTCFullYear() % 100);
    if (upper === 'HH') return digits(date.getUTCHours());
    if (upper === 'MM') { if (afterHour) return digits(date.getUTCMinutes()); return digits(date.getUTCMonth() + 1); }
    if (upper === 'MI') return digits(date.getUTCMinutes());
    if (upper === 'SS') return digits(date.getUTCSeconds());
    if (upper === 'DD') return digits(date.getUTCDate());
    if (upper === 'YYYYMMDD') return day(date).replaceAll('-', '');
    known = Number.NEGATIVE_INFINITY;
    return word;
  });
  return known > 0 ? filled : null;
}

/** A number with at most `places` decimals and no trailing zeros. */
export function trimmed(value: number, places: number): string {
  const fixed = value.toFixed(places);
  return places > 0 ? fixed.replace(/\.?0+$/, '') : fixed;
}

/** The number of `ms` in a unit's own count (`12.4` for `seconds`), or null when the unit is no unit of time. */
export function inUnit(ms: number, unit: string): string | null {
  const name = unit.trim().toLowerCase().replace(/[().,]/g, '');
  if (/^(ms|msec|msecs|milliseconds?|millis)$/.test(name)) return trimmed(ms, ms < 10 ? 1 : 0);
  if (/^(s|secs?|seconds?)$/.test(name)) return trimmed(ms / 1000, ms < 10_000 ? 3 : 1);
  if (/^(m|mins?|minutes?)$/.test(name)) return trimmed(ms / 60_000, ms < 60_000 ? 3 : 1);
  if (/^(h|hrs?|hours?)$/.test(name)) return trimmed(ms / 3_600_000, 2);
  return null;
}

/** `1 row`, `3 rows`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

export { formatDuration as spoken } from '../text/duration.js';
