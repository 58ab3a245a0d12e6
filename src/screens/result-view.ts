import type { StatementResult } from '../steps/fact.js';
import { visible } from '../text/sanitise.js';
import { displayWidth, pad } from '../text/width.js';
import { line, paragraph, span, type Line } from './line.js';

/** A column is at most this wide in a table; longer values are cut there and follow whole. */
const WIDEST = 40;
/** Cut values that follow a table whole. */
const WHOLE = 6;
const NOTICES = 20;

const cache = new WeakMap<StatementResult, { width: number; lines: Line[] }>();

/** A statement's error, notices, output and rows. Results never change, so their lines are kept. */
export function resultLines(result: StatementResult, width: number): Line[] {
  const known = cache.get(result);
  if (known?.width === width) return known.lines;
  const lines: Line[] = [];
  if (result.error) lines.push(...paragraph(`${result.tolerated ? '!' : '✗'} ${result.error.sqlstate ?? ''} ${result.error.message}`.replace('  ', ' '), width, result.tolerated ? 'warn' : 'bad', '  '));
  for (const notice of result.notices.slice(0, NOTICES)) lines.push(...paragraph(`${notice.severity}: ${notice.message}`, width, 'muted', '  '));
  if (result.notices.length > NOTICES) lines.push(line(span(`  … ${result.notices.length - NOTICES} more notices`, 'muted')));
  const output = result.output === null ? [] : (result.output === '' ? [line(span('  no output', 'muted'))] : paragraph(result.output.trimEnd(), width, 'plain', '  │ ')).concat([line(span(`  ${result.exitCode === 0 ? '✓' : '✗'} exit ${result.exitCode ?? 'none: it was ended'}`, result.exitCode === 0 ? 'good' : 'bad'))]);
  const all = lines.concat(output, result.columns.length > 0 && result.rows.length > 0 ? tableLines(result, width) : []);
  cache.set(result, { width, lines: all });
  return all;
}

/** Rows as a table; one that is too wide for the window is shown row by row, a column a line. */
function tableLines(result: StatementResult, width: number): Line[] {
  const names = result.columns.map((name) => visible(name));
  const rows = result.rows.map((row) => row.map((cell) => (cell === null ? '∅' : visible(cell))));
  const natural = names.map((name, index) => rows.reduce((most, row) => Math.max(most, Math.min(WIDEST + 1, wide(row[index] ?? ''))), displayWidth(name)));
  const widths = natural.map((one) => Math.min(WIDEST, one));
  const more = (result.rowCount ?? rows.length) > rows.length ? [line(span(`  … ${(result.rowCount ?? 0) - rows.length} more rows`, 'muted'))] : [];
  if (widths.reduce((sum, one) => sum + one + 3, 1) > width - 2 && (names.length > 1 || width < 12)) return [...recordLines(names, rows, width), ...more];
  const cells = (values: readonly string[]): string => values.map((value, index) => pad(value, widths[index] ?? 1)).join(' │ ');
  return [
    line(span(`  ${cells(names)}`, 'plain', true)), line(span(`  ${widths.map((one) => '─'.repeat(one)).join('─┼─')}`, 'muted')),
    ...rows.map((row): Line => [{ text: `  ${cells(row)}`, tone: 'plain' }]), ...more, ...wholeLines(names, rows, natural, width),
  ];
}

function recordLines(names: readonly string[], rows: readonly string[][], width: number): Line[] {
  const label = Math.min(24, Math.max(...names.map(displayWidth)));
  return rows.flatMap((row, at) => [line(span(`  row ${at + 1}`, 'muted')), ...names.flatMap((name, index) => {
    const [first = [], ...rest] = paragraph(row[index] ?? '', Math.max(8, width - label - 6));
    return [[span(`    ${pad(name, label)}  `, 'muted'), ...first], ...rest.map((one) => [span(' '.repeat(label + 6)), ...one])];
  })]);
}

/** The values that the table cut, whole, a few of them. */
function wholeLines(names: readonly string[], rows: readonly string[][], natural: readonly number[], width: number): Line[] {
  const long = names.map((_, index) => index).filter((index) => (natural[index] ?? 0) > WIDEST);
  const cut = long.length === 0 ? [] : rows.flatMap((row, at) => long.filter((index) => wide(row[index] ?? '') > WIDEST).map((index) => ({ at, index, value: row[index] ?? '' })));
  return [
    ...cut.slice(0, WHOLE).flatMap(({ at, index, value }) => [line(span(`  row ${at + 1}, ${names[index] ?? ''}, whole:`, 'muted')), ...paragraph(value, width, 'plain', '    ')]),
    ...(cut.length > WHOLE ? [line(span(`  … ${cut.length - WHOLE} more values were cut; the log has them whole`, 'muted'))] : []),
  ];
}

/** Columns of a cell, measured no further than a table can show. */
function wide(cell: string): number {
  return cell.length > WIDEST * 16 ? WIDEST + 1 : displayWidth(cell);
}
