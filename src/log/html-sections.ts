import { clockTime, count, spoken, utc } from './format.js';
import { forecastLines } from './forecast-lines.js';
import { alert, badge } from './html-step.js';
import { h, htmlTable, list } from './html-text.js';
import { rollbackWord } from './markdown-summary.js';
import { JOURNAL_LINE } from './journal-head.js';
import type { LogDocument } from './schema.js';
import { countsOf, leftApplied, wentWrong } from './standing.js';
import { triggerErrors, triggerPlace, triggerSentence } from './trigger-text.js';
import { cleanWord } from './proof-word.js';
import { NOT_MEASURED } from './metrics.js';

/** Outcome, times, who, where, which guide: the top of the page. */
export function summary(log: LogDocument): string {
  const rows: [string, string][] = [
    ['Outcome', `${badge(log.outcome)}${log.exitCode === null ? '' : ` (exit ${log.exitCode})`}`],
    ['Steps', h(countsOf(log))],
    ...wentWrong(log).map((step): [string, string] => [step.verdict === 'failed' ? 'Failed' : 'Unknown', `${h(step.name)} (guide line ${step.line})`]),
    ...(leftApplied(log).length === 0 ? [] : [['Applied and not undone', leftApplied(log).map((id) => `<code>${h(id)}</code>`).join(', ')] satisfies [string, string]]),
    ['Mode', log.mode], ['Started', utc(log.startedAt)], ['Ended', log.finishedAt === null ? 'not yet' : utc(log.finishedAt)],
    ['Duration', log.durationMs === null ? 'not over' : spoken(log.durationMs)],
    ['Operator', `${h(log.operators.join(', then '))} on ${h(log.host)}`],
    ['Environment', `${h(log.environment)}${log.protected ? ' (protected)' : ''}`],
    ['Database', log.database === null ? 'none was reached' : `<code>${h(log.database.name)}</code> on <code>${h(log.database.server)}</code>, PostgreSQL ${h(log.database.version)}, as <code>${h(log.database.role)}</code>, identity <code>${h(log.database.identity)}</code>${log.database.connection === undefined ? '' : `; ${h(log.database.connection)}`}, TLS ${h(log.database.tls)}`],
    ['Guide', `${h(log.guide.path)}, SHA-256 <code>${h(log.guide.sha256)}</code>`],
    ['Rehearsal', log.mode === 'rehearsal' ? 'this is one' : log.rehearsal === null ? 'none is known' : `<code>${h(log.rehearsal.run)}</code>, ${utc(log.rehearsal.at)}, ${log.rehearsal.sha256Matches ? 'of this very guide' : 'of another version of the guide'}`],
    ['Run', `<code>${h(log.run)}</code>, deploy-wizard ${h(log.version)}${log.privacy === 'safe' ? ', private values masked' : ''}`],
  ];
  if (log.journal !== null) rows.push([JOURNAL_LINE, `${log.journal.lines} lines, the last of them SHA-256 <code>${h(log.journal.sha256)}</code>`]);
  if (log.forecast !== null) rows.push(['Forecast', forecastLines(log.forecast, log.run).map((line) => h(line)).join('<br>')]);
  if (log.rollback.ran) rows.push(['Rollback', h(rollbackWord(log).replaceAll('*', ''))]);
  if (log.deviations.length > 0) rows.push(['Deviations', String(log.deviations.length)]);
  if (log.window !== null) rows.push(['Window', `${utc(log.window.start)} to ${utc(log.window.end)}`]);
  return `<dl>\n${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('\n')}\n</dl>${log.problem === null ? '' : `\n${alert(log.problem)}`}`;
}

/** The form of the guide, filled, with what was left blank. */
export function filledForm(log: LogDocument): string {
  const { text, left, contradictions } = log.template;
  const blank = left.length === 0 ? '' : `<h3>Left blank</h3>${list(left.map((one) => `${h(one.label)}: ${h(one.why)}`))}`;
  const wrong = contradictions.length === 0 ? '' : `<h3>The form says otherwise</h3>${list(contradictions.map((one) => `Line ${one.line} says <code>${h(`${one.label}: ${one.written}`)}</code>; this run was on <code>${h(one.fact)}</code>.`))}`;
  return `<pre class="form" tabindex="0" role="group" aria-label="Filled form">${h(text)}</pre>${blank}${wrong}${log.forms.map(otherForm).join('')}`;
}

function otherForm(form: LogDocument['forms'][number]): string {
  const blank = form.left.length === 0 ? '' : list(form.left.map((one) => `Left blank: ${h(one.label)} (line ${one.line}): ${h(one.why)}`));
  return `<h3>Form of the guide, line ${form.line}</h3><pre class="form" tabindex="0" role="group" aria-label="Form of the guide, line ${form.line}">${h(form.text)}</pre>${blank}`;
}

export function overviewTable(log: LogDocument, anchor: (index: number) => string): string {
  const rehearsed = log.steps.some((step) => step.rehearsedMs !== null);
  return htmlTable('Steps of the run', ['Step', 'Phase', 'Verdict', 'Took', ...(rehearsed ? ['Rehearsed'] : [])], log.steps.map((step, index) => [
    `<a href="#${anchor(index)}">${h(step.name)}</a>`, h(log.phases.find((phase) => phase.id === step.phase)?.title ?? step.phase), badge(step.verdict),
    step.durationMs === null ? '' : spoken(step.durationMs), ...(rehearsed ? [step.rehearsedMs === null ? '' : spoken(step.rehearsedMs)] : []),
  ]));
}

export function deviations(log: LogDocument): string {
  return list(log.deviations.map((one) => `${utc(one.at)}, ${h(one.by)}${one.step === null ? '' : `, step <code>${h(one.step)}</code>`}: <strong>${h(one.what)}</strong>: ${h(one.reason)}`));
}

export function locks(log: LogDocument): string {
  return log.locks.length === 0 ? '' : htmlTable('Locks taken', ['Relation', 'Mode', 'Time', 'Rewrites', 'Step'], log.locks.map((one) => [
    `<code>${h(one.relation)}</code>`, h(one.mode), `${one.statement === null ? 'up to ' : ''}${spoken(one.durationMs)}`, one.rewrites ? 'rewrites the table' : 'no', `<code>${h(one.step)}</code>`,
  ]));
}

export function blockers(log: LogDocument): string {
  return list(log.blockers.map((one) => `${utc(one.at)}: step <code>${h(one.step)}</code> waited for session ${one.pid}: ${h(one.user)}, ${h(one.application || 'no application name')}, ${h(one.state)}; holds ${h(one.holds.join(', ') || 'nothing known')}; <code>${h(one.query)}</code>`));
}

export function incidents(log: LogDocument): string {
  const all = [...log.handovers.map((one) => ({ at: one.at, text: `taken over by ${one.by} on ${one.host} from ${one.from} on ${one.fromHost}` })), ...log.incidents, ...log.windowCrossed.map(({ at, text }) => ({ at, text }))];
  return list(all.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at))).map((one) => `${utc(one.at)}: ${h(one.text)}`));
}

export function metricsTable(log: LogDocument): string {
  const names = [...new Set([...Object.keys(log.metrics.before), ...Object.keys(log.metrics.after)])];
  return names.length === 0 ? '' : htmlTable('Figures before and after', ['Figure', 'Before', 'After'], names.map((name) => [h(name), h(log.metrics.before[name] ?? NOT_MEASURED), h(log.metrics.after[name] ?? NOT_MEASURED)]));
}

/** The message about a rollback, as far as the run can write it. */
export function notificationText({ notification }: LogDocument): string {
  if (notification === null) return '';
  return `<pre tabindex="0" role="group" aria-label="Notification">${h(notification.text)}</pre>${notification.left.length === 0 ? '' : `<p>To be filled by hand: ${h(notification.left.join(', '))}</p>`}`;
}

/** What roles can no longer write because of the guide's triggers. */
export function triggers(log: LogDocument): string {
  const untried = log.triggers?.untried ?? [];
  return list([...(log.triggers?.findings ?? []).map((one) => `<strong>${one.severity}:</strong> ${h(triggerSentence(one))}${one.step === null ? '' : ` (${h(triggerPlace(one))})`}: ${h(triggerErrors(one))}`), ...(untried.length === 0 ? [] : [`Could not be tried: ${h(untried.join('; '))}`])]);
}

/** Every comparison of the database before and after. */
export function proofs(log: LogDocument): string {
  return log.proofs.map(({ what, after, proof }) => {
    const title = `${what}${after === null ? '' : ` after ${after}`}`;
    const residue = proof.residue.length === 0 ? '' : htmlTable(`Objects that differ: ${title}`, ['Object', 'Difference', 'Was', 'Is', 'Step'], proof.residue.map((one) => [`<code>${h(one.object)}</code>`, one.difference, h(one.was ?? ''), h(one.is ?? ''), h(one.step ?? '')]));
    const rows = proof.rowsChanged.length === 0 ? '' : htmlTable(`Tables whose rows differ: ${title}`, ['Table', 'Rows before', 'Rows after', 'Columns'], proof.rowsChanged.map((one) => [`<code>${h(one.table)}</code>`, String(one.rowsBefore ?? ''), String(one.rowsAfter ?? ''), h(one.columns.join(', '))]));
    const not = proof.notCompared.length === 0 ? '' : `<p>Not compared: ${h(proof.notCompared.join('; '))}</p>`;
    const word = proof.clean ? `<span class="badge good">✓ ${h(cleanWord(proof))}</span>` : `<span class="badge bad">✗ ${count(proof.residue.length, 'object')} and ${count(proof.rowsChanged.length, 'table')} differ</span>`;
    return `<h3>${h(title)}</h3><p>${word}</p>${residue}${rows}${not}`;
  }).join('\n');
}

export function closing(log: LogDocument): { approvals: string; notes: string; values: string; followUps: string } {
  return {
    approvals: list(log.approvals.map((one) => `${h(one.name)} (recorded by ${h(one.by)}, ${utc(one.at)})`)),
    notes: list(log.notes.map((note) => `${clockTime(note.at)} UTC, ${h(note.by)}${note.step === null ? '' : `, step <code>${h(note.step)}</code>`}: ${h(note.text)}`)),
    values: list([
      ...Object.entries(log.parameters).map(([name, one]) => `<code>${h(name)}</code>: ${one.secret ? '(secret)' : one.value === null ? '(none)' : `<code>${h(one.value)}</code>`}`),
      ...Object.entries(log.captures).map(([name, value]) => `<code>${h(name)}</code>: ${value === null ? 'NULL' : `<code>${h(value)}</code>`} (captured)`),
      ...Object.entries(log.choices).map(([group, option]) => `<code>${h(group)}</code>: <code>${h(option)}</code> (chosen)`),
    ]),
    followUps: list(log.followUps.map((one) => `${one.done ? '☑ done' : '☐ open'} ${h(one.label)} (${utc(one.from)} to ${utc(one.to)}): ${h(one.title)}${one.items.length === 0 ? '' : `: ${h(one.items.join('; '))}`}`)),
  };
}
