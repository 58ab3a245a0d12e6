import type { Assertion, Cell, Operand, Operator } from './assertion.js';

/** A cell as a judgement shows it. */
export function showCell(cell: Cell): string {
  if (cell === null) return 'NULL';
  return cell.length > 200 ? `${JSON.stringify(cell.slice(0, 200))}… (${cell.length} characters)` : /^-?\d+(\.\d+)?$/.test(cell) ? cell : JSON.stringify(cell);
}

function show(value: Operand): string {
  if (Array.isArray(value)) return value.map((one) => show(one)).join(', ');
  if (value === null) return 'null';
  if (typeof value === 'object') return 'parameter' in value ? `:'${value.parameter}'` : `(${value.sql})`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function compared(op: Operator, value: Operand): string {
  if (op === 'between' && Array.isArray(value)) return `between ${show(value[0] ?? null)} and ${show(value[1] ?? null)}`;
  if (op === 'matches') return `matches /${String(value)}/`;
  return `${op} ${show(value)}`;
}

/**
 * The assertion as one line of an `expect` fence; `parseExpect` reads it back.
 * A table's rows follow it in the document.
 */
export function formatExpect(assertion: Assertion): string {
  switch (assertion.type) {
    case 'rows': return assertion.op === '=' && assertion.value === 0 ? 'no rows' : `rows ${compared(assertion.op, assertion.value)}`;
    case 'value': return assertion.op === '=' && (assertion.value === null || typeof assertion.value === 'boolean') ? `value is ${String(assertion.value)}` : `value ${compared(assertion.op, assertion.value)}`;
    case 'shape': return `value is ${assertion.shape}`;
    case 'column': return `${assertion.quantifier === 'any' ? 'any ' : ''}column ${/^[\p{L}_][\p{L}\p{N}_]*$/u.test(assertion.column) ? assertion.column : `"${assertion.column.replaceAll('"', '""')}"`} ${compared(assertion.op, assertion.value)}`;
    case 'contains': return `rows contain ${show(assertion.values)}`;
    case 'excludes': return `rows exclude ${show(assertion.values)}`;
    case 'table': return `result is${assertion.ordered ? ' ordered' : ''}`;
    case 'error': return ['error', assertion.sqlstate, assertion.message === null ? null : JSON.stringify(assertion.message)].filter((part) => part !== null).join(' ');
    case 'success': return 'success';
    case 'affected': return `affected ${compared(assertion.op, assertion.value)}`;
    case 'time': return `time ${assertion.op} ${String(assertion.value)}ms`;
    case 'plan': return assertion.index !== null ? `plan uses index ${assertion.index}` : assertion.excludes !== null ? `plan has no ${assertion.excludes}` : `plan has ${assertion.contains ?? ''}`;
    case 'notice': return `${assertion.present ? '' : 'no '}notice ${JSON.stringify(assertion.contains)}`;
    case 'tests': return assertion.value === null ? 'tap ok' : `tests ${assertion.op} ${assertion.value}`;
    case 'output': return assertion.op === '=' && assertion.value === '' ? 'output is empty' : assertion.op === 'matches' ? `output matches /${assertion.value}/` : `output ${assertion.op} ${JSON.stringify(assertion.value)}`;
    case 'exit': return assertion.op === '=' ? `exit ${show(assertion.value)}` : `exit ${compared(assertion.op, assertion.value)}`;
    case 'operator': return `operator ${JSON.stringify(assertion.text)}`;
  }
}
