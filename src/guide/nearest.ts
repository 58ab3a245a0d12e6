/** The known word nearest to what was written, or null when none is near enough to be meant. */
export function nearest(written: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(written.length / 2)) + 1;
  for (const word of known) {
    const apart = distance(written.toLowerCase(), word.toLowerCase());
    if (apart < least) {
      least = apart;
      best = word;
    }
  }
  return best;
}

/** Edit distance, with insertions, deletions and substitutions. */
function distance(a: string, b: string): number {
  if (a.length > 60) return a.length;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? b.length;
}
