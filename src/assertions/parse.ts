import type { Assertion, Deferred, Operand, Operator, Scalar } from './assertion.js';

export interface ParsedExpect { statement: number | null; assertion: Assertion }
export interface ExpectProblem { problem: string; column: number }

const OPERATORS = ['<=', '>=', '!=', '=', '<', '>'] as const;

/** A cursor over one line; every `take` either eats what it names or leaves the place as it was. */
class Line {
  at = 0;

  constructor(readonly text: string) {}

  space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  match(pattern: RegExp): string[] | null {
    this.space();
    const sticky = new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}y`);
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text);
    if (!found) return null;
    this.at += found[0].length;
    return [...found];
  }

  word(word: string): boolean {
    return this.match(new RegExp(`${word}\\b`, 'i')) !== null;
  }

  end(): boolean {
    this.space();
    return this.at >= this.text.length;
  }
}

class Wrong extends Error {
  constructor(readonly problem: string, readonly column: number) {
    super(problem);
  }
}

function wrong(line: Line, problem: string): never {
  throw new Wrong(problem, line.at + 1);
}

/**
 * One line of an `expect` fence. `table` is the GFM table that follows
 * `result is`. Statement numbers count from 1 in the text, from 0 in what is given.
 */
export function parseExpect(text: string, table?: { columns: string[]; rows: string[][] }): ParsedExpect | ExpectProblem {
  const line = new Line(text);
  try {
    const numbered = line.match(/statement\s+(\d+)\s*:/i);
    const assertion = parseAssertion(line, table);
    if (!line.end()) wrong(line, `"${text.slice(line.at).trim()}" is more than the line needs`);
    if (numbered && Number(numbered[1]) < 1) return { problem: 'statements count from 1', column: 1 };
    return { statement: numbered ? Number(numbered[1]) - 1 : null, assertion };
  } catch (error) {
    if (error instanceof Wrong) return { problem: error.problem, column: error.column };
    throw error;
  }
}

function parseAssertion(line: Line, table: { columns: string[]; rows: string[][] } | undefined): Assertion {
  if (line.match(/no\s+rows\b/i)) return { type: 'rows', op: '=', value: 0 };
  if (line.match(/no\s+notice\b/i)) return { type: 'notice', contains: quoted(line), present: false };
  if (line.match(/rows?\s+contains?\b/i)) return { type: 'contains', values: list(line) };
  if (line.match(/rows?\s+excludes?\b/i)) return { type: 'excludes', values: list(line) };
  if (line.match(/rows\b/i)) return { type: 'rows', ...comparison(line) };
  if (line.match(/value\s+is\b/i)) return valueIs(line);
  if (line.match(/value\b/i)) return { type: 'value', ...comparison(line) };
  if (line.match(/any\s+column\b/i)) return { type: 'column', column: name(line), quantifier: 'any', ...comparison(line) };
  if (line.match(/column\b/i)) return { type: 'column', column: name(line), quantifier: 'every', ...comparison(line) };
  if (line.match(/result\s+is\b:?/i)) {
    if (!table) wrong(line, 'a table of the rows must follow "result is"');
    const ordered = line.word('ordered');
    return { type: 'table', columns: table.columns, rows: table.rows.map((row) => row.map(cell)), ordered };
  }
  if (line.word('affected')) return { type: 'affected', ...comparison(line) };
  if (line.word('error')) return errorOf(line);
  if (line.word('time')) return timeOf(line);
  if (line.word('plan')) return planOf(line);
  if (line.word('notice')) return { type: 'notice', contains: quoted(line), present: true };
  if (line.match(/tap\s+ok\b/i)) return { type: 'tests', op: '=', value: null };
  if (line.word('tests')) return testsOf(line);
  if (line.word('exit')) return { type: 'exit', ...comparison(line, true) };
  if (line.word('output')) return outputOf(line);
  if (line.word('operator')) return { type: 'operator', text: quoted(line) };
  if (line.word('success')) return { type: 'success' };
  return wrong(line, 'this is no expectation: lines begin with rows, no rows, value, column, any column, result is, affected, error, time, plan, notice, no notice, tap ok, tests, exit, output, operator or success');
}

function valueIs(line: Line): Assertion {
  const shape = line.match(/(uuid|json|timestamp|integer|number|boolean)\b/i);
  if (shape) return { type: 'shape', shape: (shape[1] ?? '').toLowerCase() as Extract<Assertion, { type: 'shape' }>['shape'] };
  if (line.match(/not\s+null\b/i)) return { type: 'value', op: '!=', value: null };
  return { type: 'value', op: '=', value: operand(line) };
}

function comparison(line: Line, bare = false): { op: Operator; value: Operand } {
  if (line.word('between')) {
    const low = operand(line);
    if (!line.word('and')) wrong(line, '"between" wants two values: between 1 and 5');
    return { op: 'between', value: [single(low, line), single(operand(line), line)] };
  }
  if (line.word('in')) return { op: 'in', value: listOf(line) };
  if (line.word('contains')) return { op: 'contains', value: operand(line) };
  if (line.word('matches')) return { op: 'matches', value: pattern(line) };
  if (line.match(/is\s+not\b/i)) return { op: '!=', value: operand(line) };
  if (line.word('is')) return { op: '=', value: operand(line) };
  for (const op of OPERATORS) {
    if (line.text.slice(line.at).trimStart().startsWith(op)) {
      line.space();
      line.at += op.length;
      return { op, value: operand(line) };
    }
  }
  if (bare) return { op: '=', value: operand(line) };
  return wrong(line, 'a comparison is missing: =, !=, <, <=, >, >=, between, in, contains or matches');
}

function single(value: Operand, line: Line): Scalar | Deferred {
  return Array.isArray(value) ? wrong(line, 'one value is wanted here') : value;
}

function operand(line: Line): Operand {
  const parameter = line.match(/:'([A-Za-z_][\w-]*)'/) ?? line.match(/:([A-Za-z_]\w*)/);
  if (parameter) return { parameter: parameter[1] ?? '' };
  line.space();
  if (line.text[line.at] === '(') return { sql: parenthesised(line) };
  return scalar(line);
}

/** A parenthesised query, its own parentheses and quotes respected; without the outer pair. */
function parenthesised(line: Line): string {
  const start = line.at;
  let depth = 0;
  let quote = '';
  for (; line.at < line.text.length; line.at += 1) {
    const character = line.text[line.at] ?? '';
    if (quote) { if (character === quote) quote = ''; continue; }
    if (character === "'" || character === '"') quote = character;
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0) {
      line.at += 1;
      return line.text.slice(start + 1, line.at - 1).trim();
    }
  }
  return wrong(line, 'a parenthesis is not closed');
}

function scalar(line: Line): Scalar {
  const text = line.match(/"((?:[^"\\]|\\.)*)"/);
  if (text) return unescape(text[1] ?? '');
  const single = line.match(/'((?:[^']|'')*)'/);
  if (single) return (single[1] ?? '').replaceAll("''", "'");
  const number = line.match(/[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/);
  if (number) return exactNumber(number[0] ?? '');
  if (line.match(/null\b/i)) return null;
  if (line.match(/(?:true|t)\b/i)) return true;
  if (line.match(/(?:false|f)\b/i)) return false;
  const word = line.match(/[\p{L}_][\p{L}\p{N}_.:-]*/u);
  if (word) return word[0] ?? '';
  return wrong(line, 'a value is missing');
}

/** Numbers that a double cannot hold exactly stay text: they are compared digit by digit. */
function exactNumber(text: string): Scalar {
  const value = Number(text);
  return String(value) === text.replace(/^\+/, '') ? value : text.replace(/^\+/, '');
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character === 't' ? '\t' : character));
}

function quoted(line: Line): string {
  const value = scalar(line);
  return typeof value === 'string' ? value : String(value);
}

function list(line: Line): Scalar[] {
  const values = [scalar(line)];
  while (line.match(/,/)) values.push(scalar(line));
  return values;
}

function listOf(line: Line): (Scalar | Deferred)[] {
  line.space();
  const values = [single(operand(line), line)];
  while (line.match(/,/)) values.push(single(operand(line), line));
  return values;
}

function name(line: Line): string {
  const found = line.match(/"((?:[^"]|"")+)"/) ?? line.match(/([\p{L}_?][\p{L}\p{N}_$?]*)/u);
  return found ? (found[1] ?? '').replaceAll('""', '"') : wrong(line, 'the column\'s name is missing');
}

function pattern(line: Line): string {
  const found = line.match(/\/((?:[^/\\]|\\.)+)\//);
  const text = found ? found[1] ?? '' : quoted(line);
  try {
    new RegExp(text, 'u');
  } catch {
    return wrong(line, `/${text}/ is not a regular expression`);
  }
  return text;
}

function errorOf(line: Line): Assertion {
  const sqlstate = line.match(/([0-9A-Z]{5})(?![\w])/)?.[1] ?? null;
  const message = line.match(/(?=["'])/) ? quoted(line) : null;
  return { type: 'error', sqlstate, message };
}

function timeOf(line: Line): Assertion {
  const found = line.match(/(<=|>=|!=|<|>|=)\s*(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)?\b/i);
  if (!found) return wrong(line, 'a time is wanted, such as time < 100ms');
  const unit = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 }[(found[3] ?? 'ms').toLowerCase()] ?? 1;
  return { type: 'time', op: found[1] as Operator, value: Number(found[2]) * unit };
}

function planOf(line: Line): Assertion {
  const none = { contains: null, excludes: null, index: null };
  const index = line.match(/uses\s+index\s+("(?:[^"]|"")+"|[\w$.]+)/i);
  if (index) return { type: 'plan', ...none, index: (index[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"') };
  const rest = (): string => (line.match(/(.+?)\s*$/)?.[1] ?? '').replace(/^"(.*)"$/, '$1');
  if (line.match(/has\s+no\b/i)) return { type: 'plan', ...none, excludes: rest() };
  if (line.word('has')) return { type: 'plan', ...none, contains: rest() };
  return wrong(line, 'plan uses index NAME, plan has TEXT or plan has no TEXT');
}

function testsOf(line: Line): Assertion {
  const { op, value } = comparison(line);
  return typeof value === 'number' ? { type: 'tests', op, value } : wrong(line, 'a number of tests is wanted');
}

function outputOf(line: Line): Assertion {
  if (line.match(/is\s+empty\b/i)) return { type: 'output', op: '=', value: '' };
  if (line.word('contains')) return { type: 'output', op: 'contains', value: quoted(line) };
  if (line.word('matches')) return { type: 'output', op: 'matches', value: pattern(line) };
  const op = line.match(/(!=|=)/)?.[1] as '=' | '!=' | undefined;
  return op ? { type: 'output', op, value: quoted(line) } : wrong(line, 'output contains "…", output matches /…/ or output is empty');
}

/** A cell of a `result is` table: empty and NULL as such, code marks and quotes taken off. */
function cell(text: string): Scalar {
  const trimmed = text.trim().replace(/^`(.*)`$/, '$1');
  if (/^null$/i.test(trimmed)) return null;
  const plain = /^"(.*)"$/.exec(trimmed)?.[1];
  if (plain !== undefined) return plain;
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? exactNumber(trimmed) : trimmed;
}
