const UNITS: Record<string, number> = {
  ms: 1, msec: 1, millisecond: 1, milliseconds: 1, s: 1000, sec: 1000, secs: 1000, second: 1000, seconds: 1000,
  m: 60_000, min: 60_000, mins: 60_000, minute: 60_000, minutes: 60_000, h: 3_600_000, hr: 3_600_000, hour: 3_600_000, hours: 3_600_000,
  d: 86_400_000, day: 86_400_000, days: 86_400_000, w: 604_800_000, week: 604_800_000, weeks: 604_800_000,
};

/** `10m`, `1h30m`, `500ms`, `14d`, `2-5 minutes` (the longer end) in milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  const range = /^(?:[\d.]+)\s*(?:-|–|to)\s*([\d.]+\s*[a-z]+)$/.exec(trimmed);
  const subject = range?.[1] ?? trimmed;
  let total = 0;
  let rest = subject;
  while (rest !== '') {
    const match = /^(\d+(?:\.\d+)?)\s*([a-z]+)\s*/.exec(rest);
    const unit = match && UNITS[match[2] ?? ''];
    if (!match || !unit) return null;
    total += Number(match[1]) * unit;
    rest = rest.slice(match[0].length);
  }
  return subject === '' ? null : total;
}

/** Milliseconds as people read them: `85 ms`, `1.2 s`, `3 m 05 s`, `2 h 10 m`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`;
  return `${Math.round(minutes / 1440)} d`;
}
