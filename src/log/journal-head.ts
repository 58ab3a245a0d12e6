/** How far a journal goes: its number of lines and the SHA-256 of the last. Each line holds the hash of the one before, so this stands for all. */
export interface JournalHead { lines: number; sha256: string }

/** Name of the line of a log's summary that tells it. */
export const JOURNAL_LINE = 'Journal';

/** The head that a written log says it was made from; null for one that does not say. */
export function headTold(format: 'md' | 'json' | 'html', text: string): JournalHead | null {
  const told = format === 'json' ? /^ {2}"journal": \{\s*"lines": (\d+),\s*"sha256": "([0-9a-f]{64})"/m : format === 'md' ? new RegExp(`^- \\*\\*${JOURNAL_LINE}:\\*\\* (\\d+) lines, the last of them SHA-256 \`([0-9a-f]{64})\``, 'm') : new RegExp(`<dt>${JOURNAL_LINE}</dt><dd>(\\d+) lines, the last of them SHA-256 <code>([0-9a-f]{64})</code>`);
  const [, lines, sha256] = told.exec(text) ?? [];
  return lines === undefined || sha256 === undefined ? null : { lines: Number(lines), sha256 };
}
