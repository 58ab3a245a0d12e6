import { EXIT, ProblemError } from '../text/problem.js';
import { ScriptLexer } from './script-lexer.js';
import { scriptLines } from './script-lines.js';

/** A piece of a script: SQL for one message, or a COPY with its rows. `line`: 1-based, of the piece's first line. */
export type ScriptPiece = { kind: 'sql'; sql: string; line: number } | { kind: 'copy'; sql: string; line: number; dataLine: number; rows: AsyncIterable<Buffer> };

const MESSAGE = 262_144;
const ROWS = 65_536;
/** What psql itself does with its output, and what pg_dump writes to keep psql from being misled. */
const HARMLESS = /^\\(?:restrict|unrestrict|echo|qecho|warn|timing|pset|x|a|t|q|encoding|set|unset|o|\.|\s*$)/;
/** What cannot share a message: PostgreSQL runs a message of several statements in a transaction of its own. */
const APART = /^(?:vacuum|cluster\s*$|(?:create|drop)\s+(?:database|tablespace|subscription)|alter\s+system|discard\s+all|reindex\s+(?:\([^)]*\)\s*)?(?:schema|database|system)|alter\s+type\s[\s\S]*\sadd\s+value|call\b|[\s\S]*\b(?:standard_conforming_strings|backslash_quote)\b|[\s\S]*\bconcurrently\b)/i;

/**
 * Cuts a script as psql reads it into messages: `\restrict` and the like are
 * left out, rows of `COPY … FROM stdin` are streamed. Never holds more than a
 * message or a chunk of rows; the rows of a piece must be read before the next.
 * Throws a ProblemError (exit 2) for a command of psql that would do something.
 */
export async function* scriptPieces(file: { path: string; text?: string }): AsyncGenerator<ScriptPiece> {
  const lines = scriptLines(file);
  const lexer = new ScriptLexer();
  const counted = { lines: 0 };
  // Statements that go together, and the one that has not ended yet; each with the line it begins on.
  let message = '';
  let messageLine = 1;
  let current = '';
  let currentLine = 1;
  function* flush(): Generator<ScriptPiece> {
    if (message.trim() !== '') yield { kind: 'sql', sql: message, line: messageLine };
    message = '';
  }
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const line = next.value;
    counted.lines += 1;
    const number = counted.lines;
    if (!lexer.within && line.startsWith('\\')) {
      if (!HARMLESS.test(line)) throw psqlCommand(file.path, number, line);
      current += '\n';
      continue;
    }
    let at = 0;
    for (const { text, end } of lexer.read(line)) {
      current += line.slice(at, end);
      at = end;
      const copies = /^copy\b[\s\S]*\bfrom\s+stdin\b/i.test(text);
      if (copies || APART.test(text)) {
        yield* flush();
        yield copies ? { kind: 'copy', sql: current, line: currentLine, dataLine: number + 1, rows: rowsOf(lines, counted) } : { kind: 'sql', sql: current, line: currentLine };
      } else {
        if (message === '') messageLine = currentLine;
        message += current;
        if (message.length >= MESSAGE) yield* flush();
      }
      current = '';
      // After the rows of a COPY the next line follows them.
      currentLine = copies ? counted.lines + 1 : number;
      if (copies) at = line.length;
    }
    // Rows that were read meanwhile end on a line of their own.
    if (counted.lines === number) current += `${line.slice(at)}\n`;
  }
  if (message === '') messageLine = currentLine;
  message += current;
  yield* flush();
}

async function* rowsOf(lines: AsyncGenerator<string>, counted: { lines: number }): AsyncGenerator<Buffer> {
  let rows: string[] = [];
  let size = 0;
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    counted.lines += 1;
    if (next.value === '\\.') break;
    rows.push(next.value, '\n');
    size += next.value.length + 1;
    if (size < ROWS) continue;
    yield Buffer.from(rows.join(''), 'utf8');
    rows = [];
    size = 0;
  }
  if (rows.length > 0) yield Buffer.from(rows.join(''), 'utf8');
}

function psqlCommand(path: string, line: number, text: string): ProblemError {
  return new ProblemError({
    code: 'baseline-psql', what: `\`${text.trim().split(/\s/)[0] ?? ''}\` is a command of psql, not SQL.`, where: `${path}:${line}`,
    remedy: 'Leave it out: name included files as baselines of their own, and dump without --create.',
  }, EXIT.usage);
}
