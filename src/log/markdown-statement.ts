import { count, spoken } from './format.js';
import { code, fenced, md, plainTable } from './markdown-text.js';
import type { LogStep } from './schema.js';

/** Rows of a result and lines of a command's output that a log shows, whole and in short; the JSON log has all that were kept. */
const ROWS_WHOLE = 20;
const ROWS_BRIEF = 5;
const LINES_WHOLE = 40;
const LINES_BRIEF = 5;
/** Cells of a single row that stand beside its statement, and characters of SQL. */
const CELLS_BESIDE = 4;
const SQL_BESIDE = 160;

type Statement = LogStep['statements'][number];

/** A statement with its SQL as written, its error, result, output and notices. */
export function statementWhole(statement: Statement): string[] {
  const shell = statement.exitCode !== null || statement.output !== null;
  const lines = [...fenced(statement.sql, shell ? 'sh' : 'sql'), '', told(statement), ''];
  if (statement.error !== null) {
    const where = statement.error.line === null ? '' : `, ${statement.file === null ? `guide line ${statement.error.line}` : code(`${statement.file}:${statement.error.line}`)}`;
    lines.push(`> **${statement.tolerated ? 'Tolerated error' : 'Error'}** ${code(statement.error.sqlstate ?? 'no SQLSTATE')}${where}: ${md(statement.error.message)}`, '');
  }
  if (statement.result !== null && statement.result.rows.length > 0) {
    const shown = statement.result.rows.slice(0, ROWS_WHOLE);
    lines.push(...fenced(plainTable(statement.result.columns, shown), 'text'), '');
    const all = statement.rows ?? statement.result.rows.length;
    if (all > shown.length) lines.push(`${shown.length} of ${count(all, 'row')} shown.`, '');
  }
  if (statement.output !== null && statement.output.trim() !== '') lines.push(...fenced(lastLines(statement.output, LINES_WHOLE), 'text'), '');
  for (const notice of statement.notices) lines.push(`- ${md(notice.severity)}: ${md(notice.message)}`);
  if (statement.notices.length > 0) lines.push('');
  return lines;
}

/**
 * A statement that did as the guide says: a line with its SQL, its one row beside it or the first rows below.
 * The JSON log has the SQL and every row that was kept, the page too. `uncut`: SQL that is too long for the line stands under it.
 */
export function statementBrief(statement: Statement, uncut: boolean): string[] {
  const { result } = statement;
  const [first, ...more] = result?.rows ?? [];
  const inline = result !== null && first !== undefined && more.length === 0 && first.length <= CELLS_BESIDE ? ` → ${result.columns.map((name, index) => code(`${name} = ${first[index] ?? '∅'}`, 80)).join(', ')}` : '';
  const sql = inShort(statement.sql);
  const below = uncut && sql.length > SQL_BESIDE;
  const lines = [`- ${told(statement)}${below ? '' : `: ${code(sql, SQL_BESIDE)}`}${inline}`, ...(below ? ['', ...fenced(statement.sql, statement.exitCode === null ? 'sql' : 'sh'), ''] : [])];
  if (result !== null && first !== undefined && inline === '') {
    const shown = result.rows.slice(0, ROWS_BRIEF);
    const all = statement.rows ?? result.rows.length;
    lines.push('', ...fenced(plainTable(result.columns, shown, 40), 'text'), ...(all > shown.length ? ['', `${shown.length} of ${count(all, 'row')} shown.`] : []), '');
  }
  if (statement.output !== null && statement.output.trim() !== '') lines.push('', ...fenced(lastLines(statement.output, LINES_BRIEF), 'text'), '');
  for (const notice of statement.notices) lines.push(`  - ${md(notice.severity)}: ${md(notice.message, 200)}`);
  return lines;
}

/** SQL on one line, without the comment lines above it. */
function inShort(sql: string): string {
  return sql.replace(/^(?:\s*--[^\n]*\n)+/, '').replace(/\s+/g, ' ').trim();
}

function told(statement: Statement): string {
  const parts = [code(statement.command || 'statement'), statement.executed ? spoken(statement.durationMs) : 'not executed'];
  if (statement.line !== null) parts.unshift(statement.file === null ? `line ${statement.line}` : code(`${statement.file}:${statement.line}`));
  if (statement.rows !== null) parts.push(`${count(statement.rows, 'row')} returned`);
  if (statement.affected !== null && statement.rows === null) parts.push(`${count(statement.affected, 'row')} affected`);
  if (statement.exitCode !== null) parts.push(`exit ${statement.exitCode}`);
  return parts.join(' · ');
}

/** The end of a long output: where errors stand. */
function lastLines(output: string, most: number): string {
  const lines = output.replace(/\n+$/, '').split('\n');
  const cut = lines.length - most;
  return cut <= 0 ? lines.join('\n') : [`(${count(cut, 'earlier line')} not shown)`, ...lines.slice(cut)].join('\n');
}
