import type { StatementResult } from '../steps/fact.js';
import { visible } from '../text/sanitise.js';
import { displayWidth, pad } from '../text/width.js';
import { line, paragraph, span, type Line } from './line.js';

const ROWS = 40;
const WIDEST = 40;

/** A statement's error, notices, output and rows. */
export function resultLines(result: StatementResult, width: number): Line[] {
  const lines: Line[] = [];
  if (result.error) lines.push(...paragraph(`${result.error.sqlstate ?? ''} ${result.error.message}`.trim(), width, result.tolerated ? 'warn' : 'bad', '  '));
  for (const notice of result.notices.slice(0, 20)) lines.push(...paragraph(`${notice.severity}: ${notice.message}`, width, 'muted', '  '));
  if (result.output !== null) lines.push(...paragraph(result.output.trimEnd(), width, 'muted', '  │ '), line(span(`  exit ${result.exitCode ?? 'none'}`, result.exitCode === 0 ? 'good' : 'bad')));
  if (result.columns.length > 0 && result.rows.length > 0) lines.push(...tableLines(result, width));
  return lines;
}

/** Rows as a table; one that is too wide for the window is shown row by row, a column a line. */
function tableLines(result: StatementResult, width: number): Line[] {
  const rows = result.rows.slice(0, ROWS).map((row) => row.map((cell) => (cell === null ? '∅' : visible(cell.length > 400 ? cell.slice(0, 400) : cell))));
  const names = result.columns.map((name) => visible(name));
  const widths = names.map((name, index) => Math.min(WIDEST, Math.max(displayWidth(name), ...rows.map((row) => displayWidth(row[index] ?? '')))));
  const total = widths.reduce((sum, one) => sum + one + 3, 1);
  const more = (result.rowCount ?? rows.length) > rows.length ? [line(span(`  … ${(result.rowCount ?? 0) - rows.length} more rows`, 'muted'))] : [];
  if (total > width - 2 && names.length > 1) {
    const label = Math.min(24, Math.max(...names.map(displayWidth)));
    return [...rows.flatMap((row, at) => [line(span(`  row ${at + 1}`, 'muted')), ...names.map((name, index) => line(span(`    ${pad(name, label)}  `, 'muted'), span(row[index] ?? '')))]), ...more];
  }
  const cells = (values: string[]): string => values.map((value, index) => pad(value, widths[index] ?? 1)).join(' │ ');
  return [line(span(`  ${cells(names)}`, 'plain', true)), line(span(`  ${widths.map((one) => '─'.repeat(one)).join('─┼─')}`, 'muted')), ...rows.map((row) => line(span(`  ${cells(row)}`))), ...more];
}
