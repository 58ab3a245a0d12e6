import type { Assertion, Cell, Judgement, Measured, Operand, Resolved, Scalar } from './assertion.js';
import { holds, sameWritten } from './compare.js';
import { countTests } from './tap.js';
import { formatExpect, showCell } from './show.js';

interface Found { good: boolean; actual: string; note?: string | undefined }

/**
 * Judges a result, exactly: never by similarity. What a truncated result
 * cannot show is asked. With an alternative reading, either may hold; where
 * just one does, the note says which.
 */
export function evaluate(assertion: Assertion, measured: Measured, resolved: Resolved, alternative: Assertion | null = null): Judgement {
  const first = judge(assertion, measured, resolved);
  if (alternative === null) return first;
  const second = judge(alternative, measured, resolved);
  if (first.verdict === second.verdict || first.verdict === 'passed') {
    return first.verdict === second.verdict ? first : { ...first, note: `read as ${first.expected}; as ${second.expected} it would not hold (${second.actual})` };
  }
  return second.verdict === 'passed' ? { ...second, note: `read as ${second.expected}; as ${first.expected} it would not hold (${first.actual})` } : first;
}

function judge(assertion: Assertion, measured: Measured, resolved: Resolved): Judgement {
  const expected = expectedText(assertion, resolved);
  if (assertion.type === 'operator') return { verdict: 'asked', expected, actual: summary(measured), note: null };
  if (assertion.type === 'error') return { expected, ...verdictOf(errorFound(assertion, measured)) };
  if (measured.error) return { verdict: 'failed', expected, actual: `error ${measured.error.sqlstate ?? ''} ${measured.error.message}`.replace(/\s+/g, ' '), note: null };
  const found = find(assertion, measured, resolved);
  if (found === 'cannot tell') return { verdict: 'asked', expected, actual: `${measured.rows.length} of ${measured.rowCount ?? '?'} rows were kept`, note: 'the result was too long to be kept whole' };
  return { expected, ...verdictOf(found) };
}

function verdictOf(found: Found): Omit<Judgement, 'expected'> {
  return { verdict: found.good ? 'passed' : 'failed', actual: found.actual, note: found.note ?? null };
}

function errorFound(assertion: Extract<Assertion, { type: 'error' }>, measured: Measured): Found {
  if (!measured.error) return { good: false, actual: `no error: ${summary(measured)}` };
  const { sqlstate, message } = measured.error;
  const good = (assertion.sqlstate === null || assertion.sqlstate === sqlstate) && (assertion.message === null || message.toLowerCase().includes(assertion.message.toLowerCase()));
  return { good, actual: `error ${sqlstate ?? ''} ${message}`.replace(/\s+/g, ' ') };
}

function find(assertion: Exclude<Assertion, { type: 'operator' | 'error' }>, measured: Measured, resolved: Resolved): Found | 'cannot tell' {
  switch (assertion.type) {
    case 'rows': return number('rows', measured.rowCount, assertion, resolved);
    case 'affected': return number('affected', measured.affected, assertion, resolved);
    case 'exit': return number('exit', measured.exitCode, assertion, resolved);
    case 'time': return time(assertion, measured, resolved);
    case 'value': return value(assertion, measured, resolved);
    case 'shape': return shape(assertion.shape, measured);
    case 'column': return column(assertion, measured, resolved);
    case 'contains': return contains(assertion.values, measured);
    case 'excludes': return excludes(assertion.values, measured);
    case 'table': return measured.truncated ? 'cannot tell' : table(assertion, measured);
    case 'success': return { good: measured.exitCode === null || measured.exitCode === 0, actual: measured.exitCode === null || measured.exitCode === 0 ? 'ran without an error' : `exit ${measured.exitCode}` };
    case 'plan': return plan(assertion, measured);
    case 'notice': return notice(assertion, measured);
    case 'tests': return tests(assertion, measured);
    case 'output': return output(assertion, measured);
  }
}

/** Right-hand sides with what they resolve to. */
function values(value: Operand, resolved: Resolved): Scalar[] {
  return (Array.isArray(value) ? value : [value]).map((one) => {
    if (typeof one !== 'object' || one === null) return one;
    const known = 'parameter' in one ? resolved.parameters[one.parameter] : resolved.queries[one.sql];
    // A value from the database is text; as a number it compares by value.
    return known === undefined || known === null ? null : /^-?\d{1,15}(\.\d+)?$/.test(known) ? Number(known) : known;
  });
}

function expectedText(assertion: Assertion, resolved: Resolved): string {
  const text = formatExpect(assertion);
  if (!('value' in assertion) || assertion.value === null || typeof assertion.value !== 'object') return text;
  return `${text} (${values(assertion.value as Operand, resolved).map((one) => showCell(one === null ? null : String(one))).join(', ')})`;
}

function number(name: string, actual: number | null, assertion: { op: Parameters<typeof holds>[1]; value: Operand }, resolved: Resolved): Found {
  if (actual === null) return { good: false, actual: name === 'rows' ? 'the statement returns no rows' : `no ${name}` };
  return { good: holds(String(actual), assertion.op, values(assertion.value, resolved)), actual: `${name} = ${actual}` };
}

function time(assertion: Extract<Assertion, { type: 'time' }>, measured: Measured, resolved: Resolved): Found {
  const told = /Execution Time: ([\d.]+) ms|"Execution Time": ([\d.]+)/.exec(planText(measured));
  const ms = told ? Number(told[1] ?? told[2]) : measured.durationMs;
  return { good: holds(String(ms), assertion.op, values(assertion.value, resolved)), actual: `time = ${ms}ms` };
}

function value(assertion: Extract<Assertion, { type: 'value' }>, measured: Measured, resolved: Resolved): Found {
  const row = measured.rows[0];
  if (!row || row.length === 0) return { good: false, actual: measured.rowCount === null ? 'the statement returns no rows' : 'no rows' };
  const cell = row[0] ?? null;
  const many = (measured.rowCount ?? 0) > 1 ? ` (first of ${measured.rowCount} rows)` : '';
  return { good: many === '' && holds(cell, assertion.op, values(assertion.value, resolved)), actual: `value = ${showCell(cell)}${many}` };
}

const SHAPES: Record<Extract<Assertion, { type: 'shape' }>['shape'], (text: string) => boolean> = {
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  json: (text) => { try { JSON.parse(text); return true; } catch { return false; } },
  timestamp: (text) => /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}|$)/.test(text),
  integer: (text) => /^-?\d+$/.test(text),
  number: (text) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text),
  boolean: (text) => /^(t|f|true|false)$/i.test(text),
};

function shape(wanted: keyof typeof SHAPES, measured: Measured): Found {
  const cell = measured.rows[0]?.[0];
  if (cell === undefined) return { good: false, actual: 'no rows' };
  return { good: cell !== null && SHAPES[wanted](cell), actual: `value = ${showCell(cell)}` };
}

function column(assertion: Extract<Assertion, { type: 'column' }>, measured: Measured, resolved: Resolved): Found | 'cannot tell' {
  const exact = measured.columns.indexOf(assertion.column);
  const index = exact >= 0 ? exact : measured.columns.findIndex((name) => name.toLowerCase() === assertion.column.toLowerCase());
  if (index < 0) return { good: false, actual: `no column ${assertion.column}; columns: ${measured.columns.join(', ') || 'none'}` };
  if (measured.rows.length === 0) return { good: false, actual: 'no rows' };
  const wanted = values(assertion.value, resolved);
  const bad = measured.rows.map((row) => row[index] ?? null).filter((cell) => !holds(cell, assertion.op, wanted));
  const total = measured.rows.length;
  if (assertion.quantifier === 'any') {
    if (bad.length === total && measured.truncated) return 'cannot tell';
    return { good: bad.length < total, actual: `${total - bad.length} of ${total} rows${bad.length === total ? `; ${assertion.column} is ${showCell(bad[0] ?? null)}` : ''}` };
  }
  if (bad.length === 0 && measured.truncated) return 'cannot tell';
  return { good: bad.length === 0, actual: bad.length === 0 ? `all ${total} rows` : `${bad.length} of ${total} rows differ; ${assertion.column} is ${[...new Set(bad.map(showCell))].slice(0, 5).join(', ')}` };
}

function cellsOf(measured: Measured): string[] {
  return [...measured.rows.flat().filter((cell): cell is string => cell !== null), ...(measured.output === null ? [] : [measured.output])];
}

/** A text occurs when a cell is it, or holds it between word borders. */
function occurs(text: Scalar, cells: readonly string[]): boolean {
  const wanted = String(text);
  const inside = new RegExp(`(?<![\\p{L}\\p{N}_])${wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'u');
  return cells.some((cell) => cell === wanted || inside.test(cell));
}

function contains(wanted: readonly Scalar[], measured: Measured): Found | 'cannot tell' {
  const cells = cellsOf(measured);
  const missing = wanted.filter((one) => !occurs(one, cells));
  if (missing.length > 0 && measured.truncated) return 'cannot tell';
  return { good: missing.length === 0, actual: missing.length === 0 ? `all ${wanted.length} found` : `missing: ${missing.map((one) => JSON.stringify(one)).join(', ')} (${measured.rowCount ?? 0} rows)` };
}

function excludes(unwanted: readonly Scalar[], measured: Measured): Found | 'cannot tell' {
  const cells = cellsOf(measured);
  const present = unwanted.filter((one) => occurs(one, cells));
  if (present.length === 0 && measured.truncated) return 'cannot tell';
  return { good: present.length === 0, actual: present.length === 0 ? 'none found' : `found: ${present.map((one) => JSON.stringify(one)).join(', ')}` };
}

function table(assertion: Extract<Assertion, { type: 'table' }>, measured: Measured): Found {
  const places = assertion.columns === null ? null : assertion.columns.map((name) => measured.columns.findIndex((one) => one.toLowerCase() === name.toLowerCase()));
  const absent = places === null ? [] : (assertion.columns ?? []).filter((_, index) => (places[index] ?? -1) < 0);
  if (absent.length > 0) return { good: false, actual: `no column ${absent.join(', ')}; columns: ${measured.columns.join(', ')}` };
  const actual = measured.rows.map((row) => (places === null ? row : places.map((place) => row[place] ?? null)));
  const { missing, extra } = difference(assertion.rows, actual);
  if (missing.length > 0 || extra.length > 0) {
    const line = (row: readonly (Cell | Scalar)[]): string => row.map((one) => showCell(one === null ? null : String(one))).join(' | ');
    return { good: false, actual: [`${actual.length} rows`, ...missing.slice(0, 3).map((row) => `missing ${line(row)}`), ...extra.slice(0, 3).map((row) => `not expected ${line(row)}`)].join('; ') };
  }
  const inOrder = !assertion.ordered || assertion.rows.every((row, index) => row.every((one, at) => sameWritten(actual[index]?.[at] ?? null, one)));
  return { good: inOrder, actual: inOrder ? `these ${actual.length} rows` : 'the right rows in another order' };
}

/** Rows that are wanted but not there, and rows that are there but not wanted; each row counts once. */
export function difference(expected: readonly (readonly Scalar[])[], actual: readonly (readonly Cell[])[]): { missing: (readonly Scalar[])[]; extra: (readonly Cell[])[] } {
  const extra = [...actual];
  const missing: (readonly Scalar[])[] = [];
  for (const row of expected) {
    const at = extra.findIndex((one) => one.length === row.length && row.every((cell, index) => sameWritten(one[index] ?? null, cell)));
    if (at < 0) missing.push(row);
    else extra.splice(at, 1);
  }
  return { missing, extra };
}

function planText(measured: Measured): string {
  return measured.rows.map((row) => row[0] ?? '').join('\n');
}

function plan(assertion: Extract<Assertion, { type: 'plan' }>, measured: Measured): Found {
  const text = planText(measured);
  if (assertion.index !== null) {
    const used = [...text.matchAll(/(?:using|Bitmap Index Scan on) ("[^"]+"|[\w$.]+)|"Index Name": "([^"]+)"/g)].map((match) => (match[1] ?? match[2] ?? '').replace(/^"|"$/g, ''));
    return { good: used.includes(assertion.index), actual: used.length > 0 ? `uses ${[...new Set(used)].join(', ')}` : 'uses no index' };
  }
  const wanted = (assertion.contains ?? assertion.excludes ?? '').toLowerCase();
  const present = text.toLowerCase().includes(wanted);
  const nodes = text.split('\n').map((one) => one.replace(/\s*\(.*$/, '').replace(/^[\s>-]+/, '')).filter(Boolean).slice(0, 3).join(' / ');
  return { good: assertion.excludes === null ? present : !present, actual: `plan: ${nodes}` };
}

function notice(assertion: Extract<Assertion, { type: 'notice' }>, measured: Measured): Found {
  const hits = measured.notices.filter((one) => one.message.includes(assertion.contains));
  const actual = measured.notices.length === 0 ? 'no notices' : `${hits.length} of ${measured.notices.length} notices${hits.length === 0 ? `; first: ${measured.notices[0]?.message ?? ''}` : ''}`;
  return { good: assertion.present ? hits.length > 0 : hits.length === 0, actual: !assertion.present && hits[0] ? `notice: ${hits[0].message}` : actual };
}

function tests(assertion: Extract<Assertion, { type: 'tests' }>, measured: Measured): Found {
  const count = countTests([...cellsOf(measured), ...measured.notices.map((one) => one.message)]);
  const enough = assertion.value === null ? count.passed > 0 : holds(String(count.passed + count.failed), assertion.op, [assertion.value]);
  const planned = count.planned === null || count.planned === count.passed + count.failed;
  return { good: enough && count.failed === 0 && planned, actual: `${count.passed} passed, ${count.failed} failed${planned ? '' : `, ${count.planned} planned`}` };
}

function output(assertion: Extract<Assertion, { type: 'output' }>, measured: Measured): Found {
  const text = (measured.output ?? '').trimEnd();
  const good = assertion.op === 'contains' ? text.includes(assertion.value) : assertion.op === 'matches' ? new RegExp(assertion.value, 'mu').test(text) : (text === assertion.value) === (assertion.op === '=');
  return { good, actual: text === '' ? 'no output' : `output: ${showCell(text.split('\n').at(-1) ?? '')}${text.includes('\n') ? ` (last of ${text.split('\n').length} lines)` : ''}` };
}

function summary(measured: Measured): string {
  if (measured.error) return `error ${measured.error.sqlstate ?? ''} ${measured.error.message}`.replace(/\s+/g, ' ');
  if (measured.kind === 'shell') return `exit ${measured.exitCode ?? 'none'}`;
  if (measured.rowCount === null) return measured.affected === null ? measured.command : `affected = ${measured.affected}`;
  if (measured.rowCount === 1 && measured.columns.length === 1) return `value = ${showCell(measured.rows[0]?.[0] ?? null)}`;
  return `rows = ${measured.rowCount}`;
}

/** One line: `rows = 3, got rows = 2`. */
export function explain(judgement: Judgement): string {
  return `${judgement.expected}, got ${judgement.actual}${judgement.note ? ` (${judgement.note})` : ''}`;
}
