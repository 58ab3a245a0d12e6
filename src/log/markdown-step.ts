import { clockTime, count, spoken } from './format.js';
import { glyphOf, marked } from './glyph.js';
import { cellCode, code, fenced, md, plainTable, table } from './markdown-text.js';
import type { LogStep } from './schema.js';

/** Rows of a result that a log shows; the JSON log has all that were kept. */
const ROWS_SHOWN = 20;
/** Lines of a command's output. */
const OUTPUT_LINES = 40;

type Statement = LogStep['statements'][number];

/** One step with everything that happened in it. `level` is the heading's depth. */
export function stepSection(step: LogStep, level: number): string[] {
  const lines = [`${'#'.repeat(level)} ${glyphOf(step.verdict)} ${md(step.name)}`, '', facts(step), ''];
  for (const one of step.earlier) lines.push(`- Attempt ${one.attempt}${one.startedAt === null ? '' : `, ${clockTime(one.startedAt)} UTC`}: failed: ${md(one.reason)}`);
  if (step.earlier.length > 0) lines.push('');
  if (step.reason !== null && step.reason !== '') lines.push(`Reason: ${md(step.reason)}`, '');
  if (step.problem !== null) lines.push(...problem(step.problem), '');
  for (const statement of step.statements) lines.push(...statementLines(statement));
  if (step.expectations.length > 0) lines.push(...expectationTable(step), '');
  if (step.items.length > 0) lines.push(...step.items.map(item), '');
  const fields = Object.entries(step.fields);
  if (fields.length > 0) lines.push(...fields.map(([label, value]) => `- ${md(label)}: ${code(value)}${step.units[label] === undefined ? '' : ` ${md(step.units[label])}`}`), '');
  for (const approval of step.approvals) lines.push(`Approved by ${md(approval.name)} (recorded by ${md(approval.by)}, ${clockTime(approval.at)} UTC)`, '');
  if (step.noted.length > 0) lines.push(...step.noted.map((note) => `- Note by ${md(note.by)}, ${clockTime(note.at)} UTC: ${md(note.text)}`), '');
  return lines;
}

function facts(step: LogStep): string {
  const parts = [`**${marked(step.verdict)}**`, step.kind, `guide line ${step.line}`];
  if (step.startedAt !== null) parts.push(`started ${clockTime(step.startedAt)} UTC`);
  if (step.durationMs !== null) parts.push(`took ${spoken(step.durationMs)}${step.rehearsedMs === null ? '' : ` (rehearsed ${spoken(step.rehearsedMs)})`}`);
  if (step.attempts > 1) parts.push(`attempt ${step.attempts}`);
  parts.push(`step ${code(step.id)}`);
  if (step.attemptId !== null) parts.push(`attempt id ${code(step.attemptId)}`);
  return parts.join(' · ');
}

/** A problem with its place and remedy. */
export function problem(given: { what: string; where?: string; remedy?: string; code: string }): string[] {
  return [`> **${md(given.what)}** (${md(given.code)})`, ...(given.where === undefined ? [] : [`> At: ${md(given.where)}`]), ...(given.remedy === undefined ? [] : [`> Try: ${md(given.remedy)}`])].map((line, index, all) => (index < all.length - 1 ? `${line}  ` : line));
}

function statementLines(statement: Statement): string[] {
  const shell = statement.exitCode !== null || statement.output !== null;
  const lines = [...fenced(statement.sql, shell ? 'sh' : 'sql'), '', told(statement), ''];
  if (statement.error !== null) {
    const where = statement.error.line === null ? '' : `, ${statement.file === null ? `guide line ${statement.error.line}` : code(`${statement.file}:${statement.error.line}`)}`;
    lines.push(`> **${statement.tolerated ? 'Tolerated error' : 'Error'}** ${code(statement.error.sqlstate ?? 'no SQLSTATE')}${where}: ${md(statement.error.message)}`, '');
  }
  if (statement.result !== null && statement.result.rows.length > 0) {
    const shown = statement.result.rows.slice(0, ROWS_SHOWN);
    lines.push(...fenced(plainTable(statement.result.columns, shown), 'text'), '');
    const all = statement.rows ?? statement.result.rows.length;
    if (all > shown.length) lines.push(`${shown.length} of ${count(all, 'row')} shown.`, '');
  }
  if (statement.output !== null && statement.output.trim() !== '') lines.push(...fenced(lastLines(statement.output), 'text'), '');
  for (const notice of statement.notices) lines.push(`- ${md(notice.severity)}: ${md(notice.message)}`);
  if (statement.notices.length > 0) lines.push('');
  return lines;
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
function lastLines(output: string): string {
  const lines = output.replace(/\n+$/, '').split('\n');
  const cut = lines.length - OUTPUT_LINES;
  return cut <= 0 ? lines.join('\n') : [`(${count(cut, 'earlier line')} not shown)`, ...lines.slice(cut)].join('\n');
}

function expectationTable(step: LogStep): string[] {
  return table(['Verdict', 'Expected', 'Actual', 'As written'], step.expectations.map((one) => [
    `${marked(one.verdict)}${one.by === null ? '' : ` by ${md(one.by)}`}`,
    one.expected === null ? '' : cellCode(one.expected),
    one.actual === null ? '' : cellCode(one.actual),
    `${md(one.text, 160)} (line ${one.line}, ${one.source})${one.note === null ? '' : `; ${md(one.note)}`}`,
  ]));
}

function item(one: LogStep['items'][number]): string {
  const who = one.by === null || one.at === null ? '' : ` (${md(one.by)}, ${clockTime(one.at)} UTC)`;
  return `${'  '.repeat(one.depth)}- [${one.ticked ? 'x' : ' '}] ${md(one.text)}${who}${one.note === null ? '' : `: ${md(one.note)}`}`;
}
