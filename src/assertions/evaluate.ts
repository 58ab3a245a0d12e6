import { wantsCutOff, wasCutOff } from './cut-off.js';
import { never } from '../text/problem.js';
import type { Assertion, Judgement, Measured, Operand, Operator, Resolved } from './assertion.js';
import { showCell, showCount, showError, shorten, summary } from './actual.js';
import { holds } from './compare.js';
import { deferredOf, resolveOperand } from './deferred.js';
import { judgeColumn, judgeContains, judgeExcludes, judgeIncludes, judgeShape, judgeTable } from './evaluate-rows.js';
import { formatExpect } from './format.js';
import { noticesCut } from './notices.js';
import { executionTime, isPlan, planHas, planLines, planUses } from './plan.js';
import { countTests } from './tap.js';

/** The part of a judgement that one kind of assertion decides. */
export interface Finding {
  verdict: Judgement['verdict'];
  actual: string;
  note?: string | null;
}

export { explain } from './actual.js';
export { deferredOf } from './deferred.js';
export { difference } from './table-difference.js';

/**
 * Judges an assertion against what was measured. Pure. A statement that failed
 * fails every assertion but `error` and `operator`; what is missing never passes.
 * @param alternative the other reading of the same words: where only one of the two holds, it passes and the note says so.
 *   Beside what is the operator's it decides nothing: what it says is shown.
 */
export function evaluate(assertion: Assertion, measured: Measured, resolved: Resolved, alternative?: Assertion | null): Judgement {
  const first = judgeOne(assertion, measured, resolved);
  if (alternative && assertion.type === 'operator') return withComputed(first, alternative, measured, resolved);
  if (!alternative || first.verdict === 'passed') {
    if (!alternative || judgeOne(alternative, measured, resolved).verdict === 'passed') return first;
    return { ...first, note: joined(first.note, `read as \`${formatExpect(assertion)}\`; the other reading, \`${formatExpect(alternative)}\`, does not hold`) };
  }
  const second = judgeOne(alternative, measured, resolved);
  if (second.verdict !== 'passed') return first;
  return { ...second, note: joined(second.note, `read as \`${formatExpect(alternative)}\`; the other reading, \`${formatExpect(assertion)}\`, does not hold`) };
}

/** Without a result of its query an alternative says nothing. */
function withComputed(asked: Judgement, alternative: Assertion, measured: Measured, resolved: Resolved): Judgement {
  const { parameters, queries } = deferredOf(alternative);
  if (parameters.some((name) => resolved.parameters[name] === undefined) || queries.some((sql) => resolved.queries[sql] == null)) return asked;
  const { verdict } = judgeOne(alternative, measured, resolved);
  if (verdict === 'asked') return asked;
  const figures = queries.map((sql) => `${resolved.queries[sql] ?? ''} by ${sql.replace(/\s+/g, ' ')}`).join(', ');
  return { ...asked, actual: `${asked.actual}, against ${figures}`, computed: verdict };
}

function joined(note: string | null, more: string): string {
  return note === null ? more : `${note}; ${more}`;
}

function judgeOne(assertion: Assertion, measured: Measured, resolved: Resolved): Judgement {
  const expected = formatExpect(assertion);
  let finding: Finding;
  try {
    finding = find(assertion, measured, resolved);
  } catch (thrown) {
    // Only a pattern from the graph can be at fault here: everything else is total.
    if (!(thrown instanceof SyntaxError)) throw thrown;
    finding = { verdict: 'failed', actual: 'not compared', note: 'the pattern is no regular expression' };
  }
  return { verdict: finding.verdict, expected, actual: finding.actual, note: finding.note ?? null };
}

function find(assertion: Assertion, measured: Measured, resolved: Resolved): Finding {
  if (assertion.type === 'operator') return { verdict: 'asked', actual: summary(measured) };
  if (assertion.type === 'error') return judgeError(assertion, measured);
  // A command that ran and exited with a code has an output and an exit code to judge.
  const ran = measured.error === null || (measured.kind === 'shell' && measured.exitCode !== null && ['exit', 'output', 'tests', 'time'].includes(assertion.type));
  if (!ran && measured.error) return { verdict: 'failed', actual: showError(measured.error) };
  switch (assertion.type) {
    case 'rows':
      if (measured.rowCount === null) return { verdict: 'failed', actual: 'no result', note: 'the statement returns no rows at all' };
      return compared(String(measured.rowCount), 'int8', assertion, resolved, `rows = ${measured.rowCount}`);
    case 'value': return judgeValue(assertion, measured, resolved);
    case 'shape': return judgeShape(assertion, measured);
    case 'column': return judgeColumn(assertion, measured, resolved);
    case 'contains': return judgeContains(assertion, measured);
    case 'excludes': return judgeExcludes(assertion, measured);
    case 'table': return judgeTable(assertion, measured);
    case 'includes': return judgeIncludes(assertion, measured);
    case 'success':
      if (measured.kind === 'shell' && measured.exitCode !== 0) return { verdict: 'failed', actual: `exit ${measured.exitCode ?? 'unknown'}` };
      return { verdict: 'passed', actual: 'success' };
    case 'affected':
      if (measured.affected === null) return { verdict: 'failed', actual: 'no count of changed rows' };
      return compared(String(measured.affected), 'int8', assertion, resolved, `affected = ${measured.affected}`);
    case 'exit':
      if (measured.exitCode === null) return { verdict: 'failed', actual: 'no exit code' };
      return compared(String(measured.exitCode), 'int8', assertion, resolved, `exit = ${measured.exitCode}`);
    case 'time': return judgeTime(assertion, measured, resolved);
    case 'plan': return judgePlan(assertion, measured);
    case 'notice': return judgeNotice(assertion, measured);
    case 'tests': return judgeTests(assertion, measured);
    case 'output': return judgeOutput(assertion, measured);
    default: return never(assertion);
  }
}

/** Compares one cell; a right-hand side without a value fails. */
export function compared(cell: string | null, type: string, { op, value }: { op: Operator; value: Operand }, resolved: Resolved, actual: string): Finding {
  const right = resolveOperand(value, resolved);
  if ('missing' in right) return { verdict: 'failed', actual, note: right.missing };
  return { verdict: holds(cell, op, right.values, type) ? 'passed' : 'failed', actual };
}

function judgeValue(assertion: Extract<Assertion, { type: 'value' }>, measured: Measured, resolved: Resolved): Finding {
  const [row] = measured.rows;
  if (measured.rowCount !== 1 || row === undefined || row.length === 0) {
    return { verdict: 'failed', actual: showCount(measured), note: (measured.rowCount ?? 0) > 1 ? 'a single row was expected' : null };
  }
  const cell = row[0] ?? null;
  const type = measured.types[0] ?? '';
  return compared(cell, type === '' && deferredNumber(cell) ? 'numeric' : type, assertion, resolved, `value = ${showCell(cell, type)}`);
}

/** Without column types, a cell that is written as a number is compared as one. */
function deferredNumber(cell: string | null): boolean {
  return cell !== null && /^[+-]?\d+(?:\.\d+)?$/.test(cell);
}

function judgeError(assertion: Extract<Assertion, { type: 'error' }>, measured: Measured): Finding {
  if (!measured.error) return { verdict: 'failed', actual: measured.rowCount === null ? 'no error' : `no error, ${showCount(measured)}` };
  const { sqlstate, message } = measured.error;
  const state = assertion.sqlstate === null || assertion.sqlstate === sqlstate;
  const text = assertion.message === null || saysSo(message.toLowerCase(), assertion.message.toLowerCase());
  if (wasCutOff(sqlstate) && !wantsCutOff(assertion)) return { verdict: 'failed', actual: showError(measured.error), note: 'the statement was cut off: whether it is refused is not known' };
  return { verdict: state && text ? 'passed' : 'failed', actual: showError(measured.error) };
}

/** Whether a message holds a text; `…` or three dots between two words of it stand for anything. */
function saysSo(message: string, wanted: string): boolean {
  if (message.includes(wanted)) return true;
  const pieces = wanted.split(/\s*(?:\.{3}|…)\s*/).filter((piece) => piece !== '');
  let at = 0;
  for (const piece of pieces) {
    const found = message.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return pieces.length > 1;
}

function judgeTime(assertion: Extract<Assertion, { type: 'time' }>, measured: Measured, resolved: Resolved): Finding {
  const planned = executionTime(measured);
  const ms = planned ?? measured.durationMs;
  const finding = compared(String(ms), 'numeric', assertion, resolved, `time = ${ms}ms`);
  return { ...finding, note: finding.note ?? (planned === null ? 'time of the statement as the client saw it' : null) };
}

function judgePlan(assertion: Extract<Assertion, { type: 'plan' }>, measured: Measured): Finding {
  if (!isPlan(measured)) return { verdict: 'failed', actual: 'no plan', note: 'the statement is no EXPLAIN' };
  if (measured.truncated && assertion.excludes !== null) return { verdict: 'asked', actual: showCount(measured), note: 'the plan was cut' };
  const lines = planLines(measured);
  const good = (assertion.contains === null || planHas(lines, assertion.contains))
    && (assertion.excludes === null || !planHas(lines, assertion.excludes))
    && (assertion.index === null || planUses(lines, assertion.index));
  const scans = lines.map((line) => line.trim().replace(/^->\s*/, '').replace(/\s*\(.*$/, '')).filter((line) => /scan/i.test(line));
  return { verdict: good ? 'passed' : 'failed', actual: shorten(`plan ${scans.length > 0 ? scans.join(', ') : (lines[0] ?? '')}`) };
}

function judgeNotice(assertion: Extract<Assertion, { type: 'notice' }>, measured: Measured): Finding {
  const found = measured.notices.find((notice) => notice.message.includes(assertion.contains));
  const count = measured.notices.length;
  if (!found && noticesCut(measured)) return { verdict: 'asked', actual: `not among the first ${count - 1} notices`, note: 'the rest was not kept' };
  const actual = found ? `notice ${JSON.stringify(shorten(found.message))}` : count === 0 ? 'no notices' : `${count} other notice${count === 1 ? '' : 's'}`;
  return { verdict: (found !== undefined) === assertion.present ? 'passed' : 'failed', actual };
}

function judgeTests(assertion: Extract<Assertion, { type: 'tests' }>, measured: Measured): Finding {
  const { passed, failed, planned } = countTests(measured);
  const total = passed + failed;
  const actual = total === 0 ? 'no test results' : `tests = ${total}${failed > 0 ? `, ${failed} failed` : ''}`;
  if (failed > 0) return { verdict: 'failed', actual };
  if (measured.truncated || noticesCut(measured)) return { verdict: 'asked', actual, note: 'the result was cut: some tests may not be counted' };
  if (planned !== null && planned !== total) return { verdict: 'failed', actual, note: `${planned} tests were planned` };
  const counted = assertion.value === null ? total > 0 : total > 0 && holds(String(total), assertion.op, [assertion.value], 'int8');
  return { verdict: counted ? 'passed' : 'failed', actual };
}

function judgeOutput(assertion: Extract<Assertion, { type: 'output' }>, measured: Measured): Finding {
  if (measured.output === null) return { verdict: 'failed', actual: 'no output' };
  const actual = `output ${JSON.stringify(shorten(measured.output.trim()))}`;
  const exact = assertion.op === '=' || assertion.op === '!=';
  const text = exact ? measured.output.trim() : measured.output;
  const good = assertion.op === 'matches' ? new RegExp(assertion.value, 'mu').test(text) : holds(text, assertion.op, [exact ? assertion.value.trim() : assertion.value], 'text');
  if (!good && measured.truncated && !exact) return { verdict: 'asked', actual, note: 'the output was cut' };
  return { verdict: good ? 'passed' : 'failed', actual };
}
