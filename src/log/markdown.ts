import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { clockTime, spoken, utc } from './format.js';
import { glyphOf } from './glyph.js';
import type { JournalHead } from './journal-head.js';
import { logJson } from './json.js';
import { passLines, proofLines, rollbackLines } from './markdown-rollback.js';
import { stepSection } from './markdown-step.js';
import { overview, summaryLines } from './markdown-summary.js';
import { cellCode, code, fenced, md, table } from './markdown-text.js';
import type { LogDocument } from './schema.js';
import { triggerErrors, triggerPlace, triggerSentence } from './trigger-text.js';
import { NOT_MEASURED } from './metrics.js';

/** Before the details. */
const SHORTENED = 'What went as the guide says is shown in short: the JSON log and the page have each statement and result whole.';
const RESULTS_SHORTENED = 'Results of what went as the guide says are shown in short: the JSON log and the page have them whole.';

/**
 * The filled log as Markdown: summary, what was out of the ordinary, the guide's own form, then everything
 * that happened, in order. Byte-identical for the same events and guide.
 */
export function logMarkdown(state: RunState, graph: Graph, journal: JournalHead | null = null): string {
  return markdownOf(logJson(state, graph, journal));
}

/** The same from the log's data. */
export function markdownOf(log: LogDocument): string {
  const lines = [
    `# ${glyphOf(log.outcome)} ${md(log.guide.title)}: ${log.outcome}`, '',
    ...summaryLines(log), '',
    ...section('Deviations from the guide', deviations(log)),
    ...proofLines(log),
    ...rollbackLines(log),
    ...section('Incidents', incidents(log)),
    ...section('Sessions that blocked the run', blockers(log)),
    ...section('Writes that triggers stop', triggers(log)),
    ...templateLines(log),
    ...section('Overview', log.steps.length === 0 ? [] : overview(log)),
    ...section('Locks', locks(log)),
    ...section('Figures before and after', metrics(log)),
    ...section('Notification', notificationLines(log)),
    ...section('Approvals', log.approvals.map((one) => `- ${md(one.name)} (recorded by ${md(one.by)}, ${utc(one.at)}, step ${code(one.step)})`)),
    ...section('Notes', log.notes.map((note) => `- ${clockTime(note.at)} UTC, ${md(note.by)}${note.step === null ? '' : `, step ${code(note.step)}`}: ${md(note.text)}`)),
    ...section('Values', values(log)),
    ...section('Follow-ups', log.followUps.map((one) => `- [${one.done ? 'x' : ' '}] ${md(one.label)} (${utc(one.from)} to ${utc(one.to)}): ${md(one.title)}${one.items.length === 0 ? '' : `: ${one.items.map((item) => md(item)).join('; ')}`}`)),
    ...section('Step by step', log.steps.length === 0 ? [] : [log.mode === 'run' ? RESULTS_SHORTENED : SHORTENED]),
    ...stepsByPhase(log),
    ...section('Steps of the rollback', log.rollback.steps.flatMap((step) => stepSection(step, 3, log.mode))),
    ...log.passes.flatMap((pass) => passLines(pass.pass, pass.steps, log.mode)),
  ];
  return `${collapse(lines).join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

/** One blank line at most, but never inside a fence. */
function collapse(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let open: string | null = null;
  for (const line of lines.flatMap((text) => text.split('\n'))) {
    const ticks = /^`{3,}/.exec(line)?.[0] ?? null;
    if (open === null) open = ticks;
    else if (line === open) open = null;
    if (open === null && line === '' && kept.at(-1) === '') continue;
    kept.push(line);
  }
  while (kept.at(-1) === '') kept.pop();
  return kept;
}

function deviations(log: LogDocument): string[] {
  return log.deviations.map((one) => `- ${utc(one.at)}, ${md(one.by)}${one.step === null ? '' : `, step ${code(one.step)}`}: **${md(one.what)}**: ${md(one.reason)}`);
}

function templateLines(log: LogDocument): string[] {
  const { template } = log;
  const lines = ['## Migration log', '', ...fenced(template.text, 'text'), ''];
  if (template.left.length > 0) lines.push('### Left blank', '', ...template.left.map((one) => `- ${md(one.label)}${template.source === 'guide' ? ` (line ${one.line})` : ''}: ${md(one.why)}`), '');
  if (template.contradictions.length > 0) lines.push('### The form says otherwise', '', ...template.contradictions.map((one) => `- Line ${one.line} says ${code(`${one.label}: ${one.written}`)}; this run was on ${code(one.fact)}.`), '');
  for (const form of log.forms) lines.push(`### Form of the guide, line ${form.line}`, '', ...fenced(form.text, 'text'), '', ...form.left.map((one) => `- Left blank: ${md(one.label)} (line ${one.line}): ${md(one.why)}`), '');
  return lines;
}

function stepsByPhase(log: LogDocument): string[] {
  const lines: string[] = [];
  let phase: string | null = null;
  for (const step of log.steps) {
    if (step.phase !== phase) lines.push(`## ${md(log.phases.find((one) => one.id === step.phase)?.title ?? step.phase)}`, '');
    phase = step.phase;
    lines.push(...stepSection(step, 3, log.mode));
  }
  return lines;
}

function metrics(log: LogDocument): string[] {
  const names = [...new Set([...Object.keys(log.metrics.before), ...Object.keys(log.metrics.after)])];
  return names.length === 0 ? [] : table(['Figure', 'Before', 'After'], names.map((name) => [md(name), ...[log.metrics.before[name], log.metrics.after[name]].map((value) => (value === undefined ? NOT_MEASURED : cellCode(value)))]));
}

/** The time is the statement's, and a lock is held at least so long; or the whole transaction's, and it is held at most so long. */
function locks(log: LogDocument): string[] {
  return log.locks.map((one) => `- ${md(one.mode)} on ${code(one.relation)}, ${one.statement === null ? `up to ${spoken(one.durationMs)}, until COMMIT` : spoken(one.durationMs)}${one.rewrites ? ', rewrites the table' : ''} (step ${code(one.step)}${one.statement === null ? '' : `, statement ${one.statement + 1}`})`);
}

function blockers(log: LogDocument): string[] {
  return log.blockers.map((one) => `- ${utc(one.at)}: step ${code(one.step)} waited for session ${one.pid}: ${md(one.user)}, ${md(one.application || 'no application name')}, ${md(one.state)}${one.since === null ? '' : ` since ${md(one.since)}`}; holds ${one.holds.map((held) => code(held)).join(', ') || 'nothing known'}; ${code(one.query)}`);
}

function incidents(log: LogDocument): string[] {
  return [
    ...log.handovers.map((one) => ({ at: one.at, text: `taken over by ${one.by} on ${one.host} from ${one.from} on ${one.fromHost}` })),
    ...log.incidents, ...log.windowCrossed.map((one) => ({ at: one.at, text: one.text })),
  ].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at))).map((one) => `- ${utc(one.at)}: ${md(one.text)}`);
}

function notificationLines({ notification }: LogDocument): string[] {
  if (notification === null) return [];
  return [...fenced(notification.text, 'text'), ...(notification.left.length === 0 ? [] : ['', `To be filled by hand: ${notification.left.map((one) => md(one)).join(', ')}`])];
}

function triggers(log: LogDocument): string[] {
  const untried = log.triggers?.untried ?? [];
  return [...(log.triggers?.findings ?? []).map((one) => `- **${one.severity}:** ${md(triggerSentence(one))}${one.step === null ? '' : ` (${md(triggerPlace(one))})`}: ${md(triggerErrors(one))}`), ...(untried.length === 0 ? [] : [`- Could not be tried: ${untried.map((one) => md(one)).join('; ')}`])];
}

function values(log: LogDocument): string[] {
  return [
    ...Object.entries(log.parameters).map(([name, one]) => `- ${code(name)}: ${one.secret ? '(secret)' : one.value === null ? '(none)' : code(one.value)} (${md(one.origin)})`),
    ...Object.entries(log.captures).map(([name, value]) => `- ${code(name)}: ${value === null ? '∅' : code(value)} (captured)`),
    ...Object.entries(log.choices).map(([group, option]) => `- ${code(group)}: ${code(option)} (chosen)`),
  ];
}
