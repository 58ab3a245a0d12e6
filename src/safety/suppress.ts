/** A comment that lets a finding pass: `-- lint: allow drop-column because nothing reads it`. */
export interface Suppression {
  rules: string[];
  /** Why; null where none is given, and the comment does not count. */
  reason: string | null;
  /** 1-based line in its file. */
  line: number;
}

const COMMENT = /--\s*lint:\s*allow\s+([a-z-]+(?:\s*,\s*[a-z-]+)*)(?:\s+because\s+(\S.*?))?\s*$/i;

/** Reads the comments above a statement and on its lines; `first` and `last` are its lines, 1-based. */
export function suppressionsAround(lines: readonly string[], first: number, last: number): Suppression[] {
  let from = first;
  while (from > 1 && /^\s*--/.test(lines[from - 2] ?? '')) from -= 1;
  return lines.slice(from - 1, last).flatMap((text, index) => {
    const match = COMMENT.exec(text);
    return match ? [{ rules: (match[1] ?? '').split(/\s*,\s*/), reason: match[2] ?? null, line: from + index }] : [];
  });
}
