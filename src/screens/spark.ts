const BARS = '▁▂▃▄▅▆▇█';

/** Numbers as a row of bars, the newest last, at most `width`; all of one height where they are equal. */
export function spark(values: readonly number[], width: number): string {
  const seen = values.slice(-Math.max(1, width));
  const low = Math.min(...seen);
  const span = Math.max(...seen) - low;
  return seen.map((value) => BARS[span === 0 ? 3 : Math.round(((value - low) / span) * (BARS.length - 1))] ?? '').join('');
}
