import { nearest } from '../text/nearest.js';
import type { Assertion, Operand, Operator, Scalar, Where } from './assertion.js';
import { Cursor, LineFault } from './cursor.js';

/** A GFM table that follows `result is` or `result includes`, as its cells are written. */
export interface ExpectTable {
  columns: string[];
  rows: string[][];
}

export type ParsedExpect = { statement: number | null; assertion: Assertion } | { problem: string; column: number };

/** One form per subject, for messages. */
const FORMS: Record<string, string> = {
  rows: 'rows = 3', no: 'no rows', value: 'value = 0', column: 'column status = "OK"', any: 'any column status = "OK"', result: 'result is',
  affected: 'affected = 14', error: 'error 42501', time: 'time < 100ms', plan: 'plan uses index idx_a', notice: 'notice "PASS"', tap: 'tap ok',
  tests: 'tests = 11', exit: 'exit 0', output: 'output contains "done"', operator: 'operator "Does the page load?"', success: 'success', statement: 'statement 2: rows = 3',
};

/**
 * Reads one line of an `expect` fence. `statement 2:` names a statement,
 * counted from 1 in the text and from 0 in what this gives.
 * @param table the cells after `result is` or `result includes`; an all-blank header means "by position"
 * @returns the assertion, or the problem with its column in the line (from 1)
 */
export function parseExpect(line: string, table?: ExpectTable): ParsedExpect {
  const cursor = new Cursor(line);
  try {
    const prefix = cursor.take(/^statement\s+(\d+)\s*:/i);
    if (prefix && Number(prefix[1]) < 1) return { problem: 'statements count from 1', column: 1 };
    const assertion = subject(cursor, table);
    cursor.end();
    return { statement: prefix ? Number(prefix[1]) - 1 : null, assertion };
  } catch (thrown) {
    if (thrown instanceof LineFault) return { problem: thrown.message, column: thrown.column };
    throw thrown;
  }
}

function subject(cursor: Cursor, table: ExpectTable | undefined): Assertion {
  const start = cursor.column;
  const word = cursor.take(/^[A-Za-z]+/)?.[0].toLowerCase() ?? '';
  switch (word) {
    case 'rows': return rows(cursor);
    case 'no': return no(cursor);
    case 'value': return value(cursor);
    case 'column': return column(cursor, 'every');
    case 'any':
      if (!cursor.take(/^column\b/i)) cursor.fail('`column` is missing, as in `any column status = "OK"`');
      return column(cursor, 'any');
    case 'result': return result(cursor, table);
    case 'affected': return { type: 'affected', ...compared(cursor, FORMS['affected'] ?? '') };
    case 'error': return error(cursor);
    case 'time': return time(cursor);
    case 'plan': return plan(cursor);
    case 'notice': return { type: 'notice', contains: cursor.text('notice "PASS"'), present: true };
    case 'tap':
      if (!cursor.take(/^ok\b/i)) cursor.fail('`ok` is missing, as in `tap ok`');
      return { type: 'tests', op: '=', value: null };
    case 'tests': return { type: 'tests', op: operator(cursor, 'tests = 11', ['=', '!=', '<', '<=', '>', '>=']), value: cursor.integer('tests = 11') };
    case 'exit':
      if (/^\d/.test(cursor.rest())) return { type: 'exit', op: '=', value: cursor.integer('exit 0') };
      return { type: 'exit', ...compared(cursor, 'exit 0') };
    case 'output': return output(cursor);
    case 'operator': return { type: 'operator', text: cursor.text('operator "Does the page load?"') };
    case 'success': return { type: 'success' };
    default: {
      const near = nearest(word, Object.keys(FORMS));
      throw new LineFault(near ? `unknown expectation \`${word}\`; did you mean \`${FORMS[near] ?? near}\`?` : `unknown expectation; it begins with one of ${Object.keys(FORMS).join(', ')}`, start);
    }
  }
}

function rows(cursor: Cursor): Assertion {
  const names = cursor.take(/^(contains?|excludes?)\b/i)?.[1]?.toLowerCase();
  if (names === undefined) return { type: 'rows', ...compared(cursor, 'rows = 3') };
  const values: Scalar[] = cursor.operands().map((one) => (typeof one === 'object' && one !== null ? cursor.fail('only plain values can be looked for in rows') : one));
  return names.startsWith('contain') ? { type: 'contains', values } : { type: 'excludes', values };
}

function no(cursor: Cursor): Assertion {
  if (cursor.take(/^rows?\b/i)) return { type: 'rows', op: '=', value: 0 };
  if (cursor.take(/^notice\b/i)) return { type: 'notice', contains: cursor.text('no notice "FAIL"'), present: false };
  return cursor.fail('after `no` comes `rows` or `notice "…"`');
}

const SHAPE = /^(uuid|json|timestamp|integer|number|boolean)(?!\w)/i;

function value(cursor: Cursor): Assertion {
  if (cursor.take(/^is\b/i)) {
    const shape = cursor.take(SHAPE)?.[1]?.toLowerCase();
    if (shape !== undefined) return { type: 'shape', shape: shape as Extract<Assertion, { type: 'shape' }>['shape'] };
    if (cursor.take(/^not\s+null\b/i)) return { type: 'value', op: '!=', value: null };
    const word = cursor.take(/^(true|false|null)(?!\w)/i)?.[1]?.toLowerCase();
    if (word === undefined) cursor.fail('after `value is` comes true, false, null, not null, uuid, json, timestamp, integer, number or boolean');
    return { type: 'value', op: '=', value: word === 'null' ? null : word === 'true' };
  }
  return { type: 'value', ...compared(cursor, 'value = 0') };
}

function column(cursor: Cursor, quantifier: 'every' | 'any'): Assertion {
  const name = columnName(cursor);
  const start = cursor.at;
  const op = operator(cursor, `column ${name} = "OK"`);
  if (cursor.take(/^column\b/i)) {
    if (SIDE_BY_SIDE.includes(op)) return { type: 'column', column: name, quantifier, op, value: { column: columnName(cursor) }, ...where(cursor) };
    cursor.fail('two columns are compared with =, !=, <, <=, > or >=');
  }
  cursor.at = start;
  return { type: 'column', column: name, quantifier, ...compared(cursor, `column ${name} = "OK"`), ...where(cursor) };
}

/** The rows that are meant: `where name = "grain"`. */
function where(cursor: Cursor): { where?: Where } {
  if (!cursor.take(/^where\b/i)) return {};
  const name = columnName(cursor);
  if (!cursor.take(/^=/)) cursor.fail('`=` is missing, as in `where name = "grain"`');
  const value = cursor.operand();
  return typeof value === 'object' && value !== null ? cursor.fail('only a plain value can choose rows') : { where: { column: name, value } };
}

/** Operators that compare a column with another of its row. */
const SIDE_BY_SIDE: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>='];

function columnName(cursor: Cursor): string {
  return cursor.quoted() ?? cursor.take(/^[\p{L}_][\p{L}\p{N}_$.?]*/u)?.[0] ?? cursor.fail('the name of a column is missing, as in `column status = "OK"`');
}

function result(cursor: Cursor, table: ExpectTable | undefined): Assertion {
  const part = cursor.take(/^includes?\b/i) !== null;
  if (!part && !cursor.take(/^is\b/i)) cursor.fail('`is` or `includes` is missing, as in `result is`');
  if (!part && cursor.take(/^empty\b/i)) return { type: 'rows', op: '=', value: 0 };
  if (!part) cursor.take(/^in any order\b/i);
  if (!table) cursor.fail(`a table has to follow \`result ${part ? 'includes' : 'is'}\``);
  const columns = table.columns.every((name) => name.trim() === '') ? null : table.columns.map(unquoteCell);
  const uneven = table.rows.find((row) => row.length !== table.columns.length);
  if (uneven) cursor.fail(`a row of the table has ${uneven.length} cells, its header ${table.columns.length}`);
  const rows = table.rows.map((row) => row.map((cell) => (/^null$/i.test(cell) ? null : unquoteCell(cell))));
  return part ? { type: 'includes', columns, rows } : { type: 'table', columns, rows, ordered: false };
}

function unquoteCell(cell: string): string {
  if (!/^"(?:[^"\\]|\\.)*"$/.test(cell)) return cell;
  try {
    return String(JSON.parse(cell));
  } catch {
    return cell;
  }
}

function error(cursor: Cursor): Assertion {
  const sqlstate = cursor.take(/^[0-9A-Z]{5}(?!\w)/)?.[0] ?? null;
  return { type: 'error', sqlstate, message: cursor.done() ? null : cursor.text('error 42501 "permission denied"') };
}

const MS: Record<string, number> = { ms: 1, s: 1000, sec: 1000, second: 1000, seconds: 1000, m: 60_000, min: 60_000, minute: 60_000, minutes: 60_000 };

function time(cursor: Cursor): Assertion {
  const op = operator(cursor, 'time < 100ms', ['<', '<=', '>', '>=', 'between']);
  const first = milliseconds(cursor);
  if (op !== 'between') return { type: 'time', op, value: first };
  if (!cursor.take(/^and\b/i)) cursor.fail('`and` is missing, as in `time between 1ms and 5ms`');
  return { type: 'time', op, value: [first, milliseconds(cursor)] };
}

function milliseconds(cursor: Cursor): number {
  const match = cursor.take(/^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(ms|s|sec|seconds?|m|min|minutes?)(?!\w)/i);
  if (!match) return cursor.fail('a time with its unit is missing, as in `time < 100ms`');
  return Number(match[1]) * (MS[(match[2] ?? '').toLowerCase()] ?? 1);
}

function plan(cursor: Cursor): Assertion {
  const made = { type: 'plan' as const, contains: null as string | null, excludes: null as string | null, index: null as string | null };
  do {
    if (cursor.take(/^uses\s+(?:the\s+)?index\b/i)) made.index = planText(cursor);
    else if (cursor.take(/^has\s+no\b/i)) made.excludes = planText(cursor);
    else if (cursor.take(/^has\b/i)) made.contains = planText(cursor);
    else cursor.fail('after `plan` comes `uses index NAME`, `has Index Scan` or `has no Seq Scan`');
  } while (cursor.take(/^,/));
  return made;
}

function planText(cursor: Cursor): string {
  const quoted = cursor.quoted();
  if (quoted !== null) return quoted;
  const plain = cursor.take(/^[^",][^,]*/)?.[0].trim();
  return plain === undefined || plain === '' ? cursor.fail('the text of the plan is missing') : plain;
}

function output(cursor: Cursor): Assertion {
  if (cursor.take(/^is\s+empty\b/i)) return { type: 'output', op: '=', value: '' };
  const op = operator(cursor, 'output contains "done"', ['contains', 'matches', '=', '!=']) as 'contains' | 'matches' | '=' | '!=';
  return { type: 'output', op, value: op === 'matches' ? pattern(cursor) : cursor.text(`output ${op} "done"`) };
}

/** `/…/` to the last slash of the line or before a `where`, or a quoted text; checked to be a regular expression. */
function pattern(cursor: Cursor): string {
  const text = cursor.quoted() ?? (cursor.take(/^\/(.*)\/(?=\s*$)/) ?? cursor.take(/^\/(.*)\/(?=\s+where\b)/))?.[1] ?? cursor.fail('a pattern between slashes is missing, as in `output matches /done/`');
  try {
    new RegExp(text, 'u');
  } catch {
    cursor.fail('the pattern is no regular expression');
  }
  return text;
}

const ALL: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'between', 'in', 'matches', 'contains'];

function operator(cursor: Cursor, form: string, allowed: readonly Operator[] = ALL): Operator {
  const start = cursor.at;
  const written = cursor.take(/^(?:<=|>=|!=|<>|==|=|<|>|≤|≥|≠|(?:between|in|matches|contains)\b)/i)?.[0].toLowerCase();
  const same: Record<string, Operator> = { '<>': '!=', '==': '=', '≤': '<=', '≥': '>=', '≠': '!=' };
  const op = written === undefined ? undefined : (same[written] ?? (written as Operator));
  if (op !== undefined && allowed.includes(op)) return op;
  cursor.at = start;
  return cursor.fail(`one of ${allowed.join(' ')} is missing, as in \`${form}\``);
}

function compared(cursor: Cursor, form: string): { op: Operator; value: Operand } {
  const op = operator(cursor, form);
  if (op === 'in') return { op, value: cursor.operands() };
  if (op === 'matches') return { op, value: /^[/"']/.test(cursor.rest()) ? pattern(cursor) : cursor.operand() };
  const first = cursor.operand();
  if (op !== 'between') return { op, value: first };
  if (!cursor.take(/^and\b/i)) cursor.fail(`\`and\` is missing, as in \`${form.split(' ')[0] ?? 'rows'} between 1 and 5\``);
  return { op, value: [first, cursor.operand()] };
}
