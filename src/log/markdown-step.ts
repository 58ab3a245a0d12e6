import { clockTime, spoken } from './format.js';
import { glyphOf, marked } from './glyph.js';
import { cellCode, code, md, table } from './markdown-text.js';
import { statementBrief, statementWhole } from './markdown-statement.js';
import type { LogDocument, LogStep } from './schema.js';

/** What went as the guide says; the rest is shown whole. */
const EXPECTED: ReadonlySet<string> = new Set(['passed', 'skipped', 'not chosen', 'not reached', 'blocked']);

/**
 * One step with what happened in it: whole where something went wrong, else in short, but for the SQL of a run, which is evidence.
 * `level` is the heading's depth.
 */
export function stepSection(step: LogStep, level: number, mode: LogDocument['mode']): string[] {
  const lines = [`${'#'.repeat(level)} ${glyphOf(step.verdict)} ${md(step.name)}`, '', facts(step), ''];
  for (const one of step.earlier) lines.push(`- Attempt ${one.attempt}${one.startedAt === null ? '' : `, ${clockTime(one.startedAt)} UTC`}: failed: ${md(one.reason)}`);
  if (step.earlier.length > 0) lines.push('');
  if (step.reason !== null && step.reason !== '') lines.push(`Reason: ${md(step.reason)}`, '');
  if (step.problem !== null) lines.push(...problem(step.problem), '');
  const brief = wentAsExpected(step);
  for (const statement of step.statements) lines.push(...(brief && statement.error === null ? statementBrief(statement, mode === 'run') : statementWhole(statement)));
  if (step.statements.length > 0) lines.push('');
  if (step.expectations.length > 0) lines.push(...expectationTable(step), '');
  if (step.items.length > 0) lines.push(...step.items.map(item), '');
  const fields = Object.entries(step.fields);
  if (fields.length > 0) lines.push(...fields.map(([label, value]) => `- ${md(label)}: ${code(value)}${step.units[label] === undefined ? '' : ` ${md(step.units[label])}`}`), '');
  for (const approval of step.approvals) lines.push(`Approved by ${md(approval.name)} (recorded by ${md(approval.by)}, ${clockTime(approval.at)} UTC)`, '');
  if (step.noted.length > 0) lines.push(...step.noted.map((note) => `- Note by ${md(note.by)}, ${clockTime(note.at)} UTC: ${md(note.text)}`), '');
  return lines;
}

/** Whether a step has nothing that somebody would look up in the log. */
export function wentAsExpected(step: Pick<LogStep, 'verdict' | 'earlier'>): boolean {
  return EXPECTED.has(step.verdict) && step.earlier.length === 0;
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
