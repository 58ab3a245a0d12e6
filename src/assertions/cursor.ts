import type { Deferred, Scalar } from './assertion.js';

/** A fault in an `expect` line; the column counts from 1. */
export class LineFault extends Error {
  constructor(message: string, readonly column: number) {
    super(message);
  }
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/;

/** Reads one `expect` line from left to right. */
export class Cursor {
  at = 0;
  constructor(readonly line: string) {}

  get column(): number {
    return this.at + 1;
  }

  rest(): string {
    this.space();
    return this.line.slice(this.at);
  }

  space(): void {
    while (/\s/.test(this.line[this.at] ?? '')) this.at += 1;
  }

  done(): boolean {
    return this.rest() === '';
  }

  /** Takes what the pattern (anchored at the start) matches, or gives null and stays. */
  take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.rest());
    if (match?.index !== 0) return null;
    this.at += match[0].length;
    return match;
  }

  fail(message: string): never {
    this.space();
    throw new LineFault(message, this.column);
  }

  end(): void {
    if (!this.done()) this.fail(`nothing more belongs here: \`${this.rest()}\``);
  }

  /** A text in double quotes (JSON escapes) or single quotes (doubled inside); null when none stands here. */
  quoted(): string | null {
    const double = this.take(/^"(?:[^"\\]|\\.)*"/);
    if (double) {
      try {
        return String(JSON.parse(double[0]));
      } catch {
        this.at -= double[0].length;
        this.fail('a text with an escape that JSON does not know');
      }
    }
    const single = this.take(/^'(?:[^']|'')*'/);
    return single ? single[0].slice(1, -1).replaceAll("''", "'") : null;
  }

  text(form: string): string {
    return this.quoted() ?? this.fail(`a text in quotes is missing, as in \`${form}\``);
  }

  integer(form: string): number {
    const match = this.take(/^\d+(?![\w.])/);
    return match ? Number(match[0]) : this.fail(`a whole number is missing, as in \`${form}\``);
  }

  /** A number, text, boolean, NULL, `:'name'` or `(SELECT …)`. */
  operand(): Scalar | Deferred {
    const text = this.quoted();
    if (text !== null) return text;
    const number = this.take(NUMBER);
    if (number) return exactNumber(number[0]);
    const word = this.take(/^(?:true|false|null)(?!\w)/i)?.[0].toLowerCase();
    if (word !== undefined) return word === 'null' ? null : word === 'true';
    const parameter = this.take(/^:'((?:[^']|'')+)'/);
    if (parameter) return { parameter: (parameter[1] ?? '').replaceAll("''", "'") };
    if (this.rest().startsWith('(')) return { sql: this.query() };
    const bare = /^[^\s,]+/.exec(this.rest())?.[0];
    return this.fail(bare === undefined ? 'a value is missing' : `text stands in quotes: \`"${bare}"\``);
  }

  operands(): (Scalar | Deferred)[] {
    const list = [this.operand()];
    while (this.take(/^,/)) list.push(this.operand());
    return list;
  }

  /** The query inside a balanced pair of parentheses; quotes are respected. */
  private query(): string {
    const start = this.at;
    let depth = 0;
    for (let index = start; index < this.line.length; index += 1) {
      const one = this.line[index];
      if (one === "'" || one === '"') {
        const close = this.line.indexOf(one, index + 1);
        if (close === -1) break;
        index = close;
      } else if (one === '(') depth += 1;
      else if (one === ')') {
        depth -= 1;
        if (depth === 0) {
          this.at = index + 1;
          const sql = this.line.slice(start + 1, index).trim();
          return sql === '' ? this.fail('the query in parentheses is empty') : sql;
        }
      }
    }
    return this.fail('the parenthesis is not closed');
  }
}

/** A number whose digits JavaScript can hold, else its digits as text (compared exactly either way). */
export function exactNumber(digits: string): number | string {
  const value = Number(digits);
  if (!Number.isFinite(value)) return digits;
  const significant = digits.replace(/[eE].*$/, '').replace(/\D/g, '').replace(/^0+/, '');
  return significant.length > 15 && String(value) !== digits ? digits : value === 0 ? 0 : value;
}
