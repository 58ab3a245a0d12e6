import { never } from '../text/problem.js';
import type { Assertion, Deferred, Operand, Operator, Scalar } from './assertion.js';
import { isColumn } from './deferred.js';

/**
 * An assertion as a line of an `expect` fence (several lines for a table): the
 * exact inverse of `parseExpect`.
 */
export function formatExpect(assertion: Assertion): string {
  switch (assertion.type) {
    case 'rows':
      return assertion.op === '=' && assertion.value === 0 ? 'no rows' : `rows ${formatCompared(assertion.op, assertion.value)}`;
    case 'value':
      return assertion.value === null && (assertion.op === '=' || assertion.op === '!=') ? `value is ${assertion.op === '=' ? '' : 'not '}null` : `value ${formatCompared(assertion.op, assertion.value)}`;
    case 'shape':
      return `value is ${assertion.shape}`;
    case 'column':
      return formatColumn(assertion);
    case 'contains':
      return `rows contain ${assertion.values.map(formatOperand).join(', ')}`;
    case 'excludes':
      return `rows exclude ${assertion.values.map(formatOperand).join(', ')}`;
    case 'table': case 'includes':
      return formatTable(assertion);
    case 'error':
      return ['error', assertion.sqlstate, assertion.message === null ? null : JSON.stringify(assertion.message)].filter((part) => part !== null).join(' ');
    case 'success':
      return 'success';
    case 'affected':
      return `affected ${formatCompared(assertion.op, assertion.value)}`;
    case 'time':
      return `time ${assertion.op} ${(Array.isArray(assertion.value) ? assertion.value : [assertion.value]).map((one) => `${formatOperand(one)}ms`).join(' and ')}`;
    case 'plan':
      return formatPlan(assertion);
    case 'notice':
      return `${assertion.present ? '' : 'no '}notice ${JSON.stringify(assertion.contains)}`;
    case 'tests':
      return assertion.value === null ? 'tap ok' : `tests ${assertion.op} ${assertion.value}`;
    case 'output':
      if (assertion.op === '=' && assertion.value === '') return 'output is empty';
      return `output ${assertion.op} ${assertion.op === 'matches' ? formatPattern(assertion.value) : JSON.stringify(assertion.value)}`;
    case 'exit':
      return assertion.op === '=' && typeof assertion.value === 'number' && Number.isSafeInteger(assertion.value) && assertion.value >= 0 ? `exit ${assertion.value}` : `exit ${formatCompared(assertion.op, assertion.value)}`;
    case 'operator':
      return `operator ${JSON.stringify(assertion.text)}`;
    default:
      return never(assertion);
  }
}

/** Operator and right-hand side, as in `>= 3` or `between 1 and 5`. */
export function formatCompared(op: Operator, value: Operand): string {
  if (Array.isArray(value)) return `${op} ${value.map(formatOperand).join(op === 'between' ? ' and ' : ', ')}`;
  if (op === 'matches' && typeof value === 'string') return `matches ${formatPattern(value)}`;
  return `${op} ${formatOperand(value)}`;
}

export function formatOperand(value: Scalar | Deferred | Operand): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.map(formatOperand).join(', ');
  if (typeof value === 'object') return 'sql' in value ? `(${value.sql})` : `:'${value.parameter.replaceAll("'", "''")}'`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** An expectation's line with its parameters' values in the form that measured values have: `affected = 5`, not `affected = '5'`. */
export function withValues(text: string, values: Readonly<Record<string, string | null>>): string {
  return text.replace(/:'([A-Za-z_]\w*)'/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : value === null ? 'null' : /^-?\d+(?:\.\d+)?$/.test(value) ? value : JSON.stringify(value);
  });
}

function formatPattern(pattern: string): string {
  return /[\n\r]/.test(pattern) ? JSON.stringify(pattern) : `/${pattern}/`;
}

function formatColumn({ quantifier, column, op, value, where }: Extract<Assertion, { type: 'column' }>): string {
  const compared = isColumn(value) ? `${op} column ${columnName(value.column)}` : op === 'matches' && typeof value === 'string' && where !== undefined ? `matches ${JSON.stringify(value)}` : formatCompared(op, value);
  return `${quantifier === 'any' ? 'any ' : ''}column ${columnName(column)} ${compared}${where === undefined ? '' : ` where ${columnName(where.column)} = ${formatOperand(where.value)}`}`;
}

function columnName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_$.?]*$/u.test(name) ? name : JSON.stringify(name);
}

function formatPlan(plan: Extract<Assertion, { type: 'plan' }>): string {
  const text = (one: string): string => (/^\w[\w.$]*(?: \w[\w.$]*)*$/.test(one) && !/^no\b/i.test(one) ? one : JSON.stringify(one));
  const parts = [
    plan.index === null ? null : `uses index ${text(plan.index)}`,
    plan.contains === null ? null : `has ${text(plan.contains)}`,
    plan.excludes === null ? null : `has no ${text(plan.excludes)}`,
  ];
  return `plan ${parts.filter((part) => part !== null).join(', ')}`;
}

function formatTable(table: Extract<Assertion, { type: 'table' | 'includes' }>): string {
  const width = table.columns?.length ?? table.rows[0]?.length ?? 1;
  const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    table.type === 'table' ? 'result is' : 'result includes',
    line(table.columns?.map(formatCell) ?? Array.from({ length: width }, () => '')),
    line(Array.from({ length: width }, () => '---')),
    ...table.rows.map((row) => line(row.map((cell) => (cell === null ? 'NULL' : formatCell(String(cell)))))),
  ].join('\n');
}

/** Quotes only where the bare cell would be read as something else. */
function formatCell(text: string): string {
  return text === '' || text !== text.trim() || /[\n\r\\]|^"|^null$|^[\s|:-]+$/i.test(text) ? JSON.stringify(text) : text;
}
