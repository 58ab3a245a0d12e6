import { sqlTokens } from './sql-tokens.js';

/** A psql line or COPY data that was cut out of SQL text. Offsets are those of the uncut text. */
export interface Cut {
  kind: 'meta' | 'copy';
  start: number;
  end: number;
  /** Meta-command without the backslash, such as `i schema.sql`; or the data rows. */
  text: string;
}

/**
 * Takes out what PostgreSQL's grammar does not know: psql meta-commands, which end
 * at the line's end, and the rows after `COPY … FROM stdin`. Blanks of the same
 * length stay behind, so that offsets and lines hold.
 */
export function cutPsql(text: string): { sql: string; cuts: Cut[] } {
  if (!text.includes('\\')) return { sql: text, cuts: [] };
  const cuts: Cut[] = [];
  let from = 0;
  let copyStart = -1;
  for (let again = true; again; ) {
    again = false;
    for (const token of sqlTokens(text.slice(from))) {
      const start = from + token.start;
      if (token.kind === 'word' && copyStart < 0 && /^copy$/i.test(text.slice(start, from + token.end))) copyStart = start;
      if (token.kind !== 'symbol') continue;
      const char = text[start];
      if (char === ';') {
        const copy = copyStart >= 0 && /\bfrom\s+stdin\b/i.test(text.slice(copyStart, start));
        copyStart = -1;
        if (!copy) continue;
        const dataStart = lineEnd(text, start) + 1;
        const end = /^\\\.[ \t]*$/m.exec(text.slice(dataStart));
        if (!end) continue;
        const dataEnd = dataStart + end.index;
        cuts.push({ kind: 'copy', start: dataStart, end: dataEnd + end[0].length, text: text.slice(dataStart, dataEnd) });
      } else if (char === '\\') {
        const end = metaEnd(text, start);
        cuts.push({ kind: 'meta', start, end, text: text.slice(start + 1, end).replace(/\s*\n\s*/g, ' ').trim() });
      } else continue;
      from = cuts.at(-1)?.end ?? text.length;
      again = true;
      break;
    }
  }
  let sql = '';
  let at = 0;
  for (const cut of cuts) {
    sql += text.slice(at, cut.start) + text.slice(cut.start, cut.end).replace(/[^\n]/g, ' ');
    at = cut.end;
  }
  return { sql: sql + text.slice(at), cuts };
}

/** How a `\\copy` goes on that is written over several lines: psql would take its first alone, and the rest is no statement either. */
const GOES_ON = /^[ \t]*(?:\(|\)|(?:from|to|with|where|csv|header|format|delimiter|null|quote|escape|encoding|force_\w+|from)\b)/i;

function metaEnd(text: string, start: number): number {
  let end = lineEnd(text, start);
  if (!/^\\copy\b/i.test(text.slice(start, start + 6))) return end;
  while (end < text.length && !text.slice(start, end).trimEnd().endsWith(';') && GOES_ON.test(text.slice(end + 1, lineEnd(text, end + 1)))) end = lineEnd(text, end + 1);
  return end;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
