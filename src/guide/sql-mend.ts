import type { Parsed, SyntaxFault } from './sql-parse.js';
import { sqlTokens } from './sql-tokens.js';

/**
 * SQL text as it was understood, where it had to be read in pieces: every statement
 * ends with its semicolon, and words between statements that are no SQL are a comment
 * ("### Rollback" of a fence that was left open heads what stands below it). Lines
 * stay as many. `sql` is the text without psql's lines. Null where nothing was mended,
 * or where it cannot be written so.
 */
export function mendSql(text: string, sql: string, { good, bad, repaired }: { good: Parsed[]; bad: SyntaxFault[]; repaired: boolean }): string | null {
  if (!repaired || bad.length > 0) return null;
  let at = 0;
  let out = '';
  for (const one of [...good].sort((a, b) => a.start - b.start)) {
    const gap = mendGap(text.slice(at, one.start), sql.slice(at, one.start), at > 0);
    if (gap === null) return null;
    out += gap + text.slice(one.start, one.end);
    at = one.end;
  }
  const tail = mendGap(`${text.slice(at)}\n`, `${sql.slice(at)}\n`, true);
  const mended = tail === null ? text : (out + tail).slice(0, -1);
  return mended === text ? null : mended;
}

/** The text before a statement: what ends the one above, and its words commented out. `sql` is the same without psql's lines. */
function mendGap(text: string, sql: string, above: boolean): string | null {
  const tokens = [...sqlTokens(sql)];
  const ended = tokens.some((token) => sql.slice(token.start, token.end) === ';');
  const words = tokens.filter((token) => !['space', 'comment', 'block-comment'].includes(token.kind) && sql.slice(token.start, token.end) !== ';');
  let out = above && !ended ? ';' : '';
  let at = 0;
  for (const word of words) {
    if (word.start < at) continue;
    const end = sql.indexOf('\n', word.start);
    // Words on a statement's own line, or a string without end: nothing that a comment could hold.
    if (end === -1 || word.end > end) return null;
    out += `${text.slice(at, word.start)}-- ${text.slice(word.start, end)}`;
    at = end;
  }
  return out + text.slice(at);
}
