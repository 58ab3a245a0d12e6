import { clockTime, count, spoken } from './format.js';
import { marked } from './glyph.js';
import { h, htmlTable, list, tone } from './html-text.js';
import type { LogDocument, LogStep } from './schema.js';

/** Rows of a result on the page; the JSON log has all that were kept. */
const ROWS_SHOWN = 100;

export function badge(verdict: string): string {
  return `<span class="badge ${tone(verdict)}">${h(marked(verdict))}</span>`;
}

/** A problem with its place and remedy. */
export function alert(problem: NonNullable<LogDocument['problem']>): string {
  const where = problem.where === undefined ? '' : `<p>At: ${h(problem.where)}</p>`;
  const remedy = problem.remedy === undefined ? '' : `<p>Try: ${h(problem.remedy)}</p>`;
  return `<div class="alert"><p><strong>${h(problem.what)}</strong> (${h(problem.code)})</p>${where}${remedy}</div>`;
}

/** One step with everything that happened in it. `anchor` is its id on the page. */
export function htmlStep(step: LogStep, anchor: string): string {
  const parts = [`<article class="step is-${tone(step.verdict)}" aria-labelledby="${anchor}">`, `<h3 id="${anchor}">${h(step.name)}</h3>`, `<p class="facts">${facts(step)}</p>`];
  if (step.reason !== null && step.reason !== '') parts.push(`<p>Reason: ${h(step.reason)}</p>`);
  if (step.problem !== null) parts.push(alert(step.problem));
  parts.push(list(step.earlier.map((one) => `Attempt ${one.attempt}${one.startedAt === null ? '' : `, ${clockTime(one.startedAt)} UTC`}: failed: ${h(one.reason)}`)));
  step.statements.forEach((statement, index) => parts.push(htmlStatement(statement, `${step.name}, statement ${index + 1}`)));
  if (step.expectations.length > 0) parts.push(expectations(step));
  if (step.items.length > 0) parts.push(`<ul class="items">\n${step.items.map(item).join('\n')}\n</ul>`);
  parts.push(list(Object.entries(step.fields).map(([label, value]) => `${h(label)}: <code>${h(value)}</code>${step.units[label] === undefined ? '' : ` ${h(step.units[label])}`}`)));
  parts.push(list(step.approvals.map((one) => `Approved by ${h(one.name)} (recorded by ${h(one.by)}, ${clockTime(one.at)} UTC)`)));
  parts.push(list(step.noted.map((one) => `Note by ${h(one.by)}, ${clockTime(one.at)} UTC: ${h(one.text)}`)));
  return [...parts.filter((part) => part !== ''), '</article>'].join('\n');
}

function facts(step: LogStep): string {
  const parts = [badge(step.verdict), h(step.kind), `guide line ${step.line}`];
  if (step.startedAt !== null) parts.push(`started ${clockTime(step.startedAt)} UTC`);
  if (step.durationMs !== null) parts.push(`took ${spoken(step.durationMs)}${step.rehearsedMs === null ? '' : ` (rehearsed ${spoken(step.rehearsedMs)})`}`);
  if (step.attempts > 1) parts.push(`attempt ${step.attempts}`);
  parts.push(`<code>${h(step.id)}</code>`);
  return parts.join(' · ');
}

function htmlStatement(statement: LogStep['statements'][number], name: string): string {
  const told = [`<code>${h(statement.command || 'statement')}</code>`, statement.executed ? spoken(statement.durationMs) : 'not executed'];
  if (statement.line !== null) told.unshift(statement.file === null ? `line ${statement.line}` : `<code>${h(`${statement.file}:${statement.line}`)}</code>`);
  if (statement.rows !== null) told.push(`${count(statement.rows, 'row')} returned`);
  if (statement.affected !== null && statement.rows === null) told.push(`${count(statement.affected, 'row')} affected`);
  if (statement.exitCode !== null) told.push(`exit ${statement.exitCode}`);
  const parts = [`<pre tabindex="0" role="group" aria-label="${h(name)}"><code>${h(statement.sql)}</code></pre>`, `<p class="facts">${told.join(' · ')}</p>`];
  if (statement.error !== null) parts.push(`<div class="alert"><p><strong>${statement.tolerated ? 'Tolerated error' : 'Error'}</strong> <code>${h(statement.error.sqlstate ?? 'no SQLSTATE')}</code>: ${h(statement.error.message)}</p></div>`);
  if (statement.result !== null && statement.result.rows.length > 0) parts.push(htmlResult(statement.result, statement.rows, name));
  if (statement.output !== null && statement.output.trim() !== '') parts.push(`<details><summary>Output of ${h(name)}</summary><pre tabindex="0" role="group" aria-label="${h(`Output of ${name}`)}">${h(statement.output)}</pre></details>`);
  parts.push(list(statement.notices.map((notice) => `${h(notice.severity)}: ${h(notice.message)}`)));
  return parts.filter((part) => part !== '').join('\n');
}

function htmlResult(result: NonNullable<LogStep['statements'][number]['result']>, rowCount: number | null, name: string): string {
  const shown = result.rows.slice(0, ROWS_SHOWN);
  const all = rowCount ?? result.rows.length;
  const cell = (value: string | null): string => (value === null ? '<span class="soft">NULL</span>' : h(value));
  const rows = shown.map((row, index) => [String(index + 1), ...row.map(cell)]);
  const more = all > shown.length ? `<p class="facts">${shown.length} of ${count(all, 'row')} shown.</p>` : '';
  return `<details${all <= 10 ? ' open' : ''}><summary>Result of ${h(name)}: ${count(all, 'row')}</summary>\n${htmlTable(`Result of ${name}`, ['Row', ...result.columns], rows)}${more}</details>`;
}

function expectations(step: LogStep): string {
  return htmlTable(`Expectations of ${step.name}`, ['As written', 'Expected', 'Actual', 'Verdict'], step.expectations.map((one) => [
    `${h(one.text)} <span class="quiet">(line ${one.line}, ${one.source})</span>${one.note === null ? '' : ` ${h(one.note)}`}`,
    one.expected === null ? '' : `<code>${h(one.expected)}</code>`, one.actual === null ? '' : `<code>${h(one.actual)}</code>`,
    `${badge(one.verdict)}${one.by === null ? '' : ` by ${h(one.by)}`}`,
  ]));
}

function item(one: LogStep['items'][number]): string {
  const who = one.by === null || one.at === null ? '' : ` <span class="quiet">(${h(one.by)}, ${clockTime(one.at)} UTC)</span>`;
  return `<li>${'&nbsp;'.repeat(one.depth * 4)}${one.ticked ? '<span class="good">☑ done</span>' : '<span class="quiet">☐ open</span>'} ${h(one.text)}${who}${one.note === null ? '' : `: ${h(one.note)}`}</li>`;
}
