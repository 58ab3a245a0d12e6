/** How far a journal goes: its number of lines and the SHA-256 of the last. Each line holds the hash of the one before, so this stands for all. */
export interface JournalHead { lines: number; sha256: string }

/** Name of the line of a log's summary that tells it. */
export const JOURNAL_LINE = 'Journal';

/** The number of journal lines that a written log says it was made from; null for one that does not say. */
export function linesTold(format: 'md' | 'json' | 'html', text: string): number | null {
  const told = format === 'json' ? /"journal": \{\s*"lines": (\d+)/ : format === 'md' ? new RegExp(`^- \\*\\*${JOURNAL_LINE}:\\*\\* (\\d+) lines`, 'm') : new RegExp(`<dt>${JOURNAL_LINE}</dt><dd>(\\d+) lines`);
  const lines = told.exec(text)?.[1];
  return lines === undefined ? null : Number(lines);
}
