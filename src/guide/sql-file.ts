import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** Rows of `COPY … FROM stdin` that stay in their file: bytes from `start` up to `end`, the first of them on `line` (1-based). */
export interface KeptRows { path: string; line: number; start: number; end: number; sha256: string }

/** A SQL file as the compiler reads it. For each row in `kept` an empty line stands in the text, so that lines hold. */
export interface SqlFile { text: string; kept: KeptRows[] }

/** A file of this size is read whole, its rows with it. */
const SMALL = 1_048_576;
/** Rows of this size stay in a larger file. */
const LARGE_ROWS = 65_536;
/** Statements beyond it do not fit into the memory of a common machine: some 100 times as much is needed. */
export const MOST_CHARACTERS = 33_554_432;
const CHUNK = 1_048_576;

/** The end of a COPY that asks for rows on the lines below. Some are no COPY (a literal may hold such a line): the compiler compares. */
const ASKS = /^(?!\s*--).*\bfrom\s+stdin\b.*;\s*$/i;
const NEWLINE = 10;
const END = Buffer.from('\\.');

/**
 * Reads a SQL file; of a large one the rows that its COPY statements load stay behind, so that a dump of any size can
 * be a step. `whole`: all of it. Throws what the file system throws.
 */
export function readSqlFile(path: string, whole = false): SqlFile | 'too large' {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size <= SMALL || (whole && size <= MOST_CHARACTERS)) return { text: readFileSync(file, 'utf8'), kept: [] };
    return whole ? 'too large' : withoutRows(path, new Window(file));
  } finally {
    closeSync(file);
  }
}

function withoutRows(path: string, window: Window): SqlFile | 'too large' {
  const kept: KeptRows[] = [];
  const lines: string[] = [];
  let characters = 0;
  let number = 1;
  const add = (text: string): void => { lines.push(text); characters += text.length; };
  for (let line = window.line(); line !== null; line = window.line()) {
    const text = line.toString('utf8');
    add(text);
    number += 1;
    if (characters > MOST_CHARACTERS) return 'too large';
    const rows = ASKS.test(text) ? window.rows() : null;
    if (rows === null) continue;
    const { start, end, sha256, count, text: small } = rows;
    if (small === null) kept.push({ path, line: number, start, end, sha256 });
    add(small ?? '\n'.repeat(count));
    number += count;
  }
  return { text: lines.join(''), kept };
}

/** A part of a file, whose beginning is always the beginning of a line. */
class Window {
  private held = Buffer.alloc(0);
  /** Offset in the file of what is held. */
  private offset = 0;
  private ended = false;

  constructor(private readonly file: number) {}

  /** The next line with its end; null: there is none. */
  line(): Buffer | null {
    let end = this.held.indexOf(NEWLINE);
    while (end === -1 && !this.ended) {
      const from = this.held.length;
      this.more();
      end = this.held.indexOf(NEWLINE, from);
    }
    return this.held.length === 0 ? null : this.take(end === -1 ? this.held.length : end + 1);
  }

  /** Rows up to the line `\.`, which comes next then; `text`: what they say where they are few. Null, and nothing is taken: that line is missing. */
  rows(): { start: number; end: number; sha256: string; count: number; text: string | null } | null {
    const before = { held: this.held, offset: this.offset, ended: this.ended };
    const start = this.offset;
    const hash = createHash('sha256');
    let count = 0;
    const few: Buffer[] = [];
    const pass = (length: number): void => {
      const rows = this.take(length);
      hash.update(rows);
      for (let at = rows.indexOf(NEWLINE); at !== -1; at = rows.indexOf(NEWLINE, at + 1)) count += 1;
      if (this.offset - start < LARGE_ROWS) few.push(rows);
    };
    for (;;) {
      const end = this.endOfRows();
      if (end !== null) {
        pass(end);
        const text = this.offset - start < LARGE_ROWS ? Buffer.concat(few).toString('utf8') : null;
        return { start, end: this.offset, sha256: hash.digest('hex'), count, text };
      }
      if (this.ended) break;
      // Whole lines only: the marker is never cut in two.
      pass(this.held.lastIndexOf(NEWLINE) + 1);
      this.more();
    }
    this.held = before.held;
    this.offset = before.offset;
    this.ended = before.ended;
    return null;
  }

  /** Where in what is held the line `\.` begins. */
  private endOfRows(): number | null {
    for (let at = this.held.indexOf(END); at !== -1; at = this.held.indexOf(END, at + 1)) {
      if (at > 0 && this.held[at - 1] !== NEWLINE) continue;
      const end = this.held.indexOf(NEWLINE, at);
      if (end === -1 && !this.ended) return null;
      if (/^[ \t]*\r?$/.test(this.held.subarray(at + END.length, end === -1 ? undefined : end).toString('latin1'))) return at;
    }
    return null;
  }

  private take(length: number): Buffer {
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    this.offset += length;
    return taken;
  }

  /** Reads on; as much again where one line fills what is held. */
  private more(): void {
    const next = Buffer.allocUnsafe(Math.max(CHUNK, this.held.length));
    const read = readSync(this.file, next, 0, next.length, this.offset + this.held.length);
    this.held = this.held.length === 0 ? next.subarray(0, read) : Buffer.concat([this.held, next.subarray(0, read)]);
    this.ended = read === 0;
  }
}
