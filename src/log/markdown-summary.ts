import { count, spoken, utc } from './format.js';
import { forecastLines } from './forecast-lines.js';
import { marked } from './glyph.js';
import { code, md, table } from './markdown-text.js';
import { problem } from './markdown-step.js';
import { JOURNAL_LINE } from './journal-head.js';
import type { LogDocument } from './schema.js';
import { countsOf, leftApplied, wentWrong } from './standing.js';
import { cleanWord } from './proof-word.js';

const modes: Record<LogDocument['mode'], string> = { run: 'run', rehearsal: 'rehearsal on a throw-away database', 'dry-run': 'dry run: nothing was written' };

/** The log's first section: outcome, times, who, where, which guide. */
export function summaryLines(log: LogDocument): string[] {
  const lines = [
    `- **Outcome:** ${marked(log.outcome)}${log.exitCode === null ? '' : ` (exit ${log.exitCode})`}`,
    `- **Steps:** ${countsOf(log)}`,
    ...wentWrong(log).map((step) => `- **${step.verdict === 'failed' ? 'Failed' : 'Unknown'}:** ${md(step.name)} (step ${code(step.id)}, guide line ${step.line})`),
    ...(leftApplied(log).length === 0 ? [] : [`- **Applied and not undone:** ${leftApplied(log).map((id) => code(id)).join(', ')}`]),
    `- **Mode:** ${modes[log.mode]}`,
    `- **Started:** ${utc(log.startedAt)}`,
    `- **Ended:** ${log.finishedAt === null ? 'not yet' : utc(log.finishedAt)}`,
    `- **Duration:** ${log.durationMs === null ? 'not over' : spoken(log.durationMs)}`,
    `- **Operator:** ${log.operators.map((name) => md(name)).join(', then ')} on ${md(log.host)}`,
    `- **Environment:** ${md(log.environment)}${log.protected ? ' (protected)' : ''}`,
  ];
  if (log.database !== null) {
    lines.push(
      `- **Database:** ${code(log.database.name)} on ${code(log.database.server)}, PostgreSQL ${md(log.database.version)}, as ${code(log.database.role)}, TLS ${md(log.database.tls)}`,
      ...(log.database.connection === undefined ? [] : [`- **Connection:** ${md(log.database.connection)}`]),
      `- **Database identity:** ${code(log.database.identity)}`,
    );
  } else lines.push('- **Database:** none was reached');
  lines.push(
    `- **Guide:** ${md(log.guide.title)} (${code(log.guide.path)})`,
    `- **Guide SHA-256:** ${code(log.guide.sha256)}`,
    `- **Rehearsal:** ${rehearsed(log)}`,
    `- **Run:** ${code(log.run)}, deploy-wizard ${md(log.version)}${log.privacy === 'safe' ? ', private values masked' : ''}`,
  );
  if (log.journal !== null) lines.push(`- **${JOURNAL_LINE}:** ${log.journal.lines} lines, the last of them SHA-256 ${code(log.journal.sha256)}`);
  if (log.forecast !== null) lines.push(`- **Forecast:** ${forecastLines(log.forecast, log.run).map((line) => md(line)).join('; ')}`);
  if (log.window !== null) lines.push(`- **Window:** ${utc(log.window.start)} to ${utc(log.window.end)}`);
  if (log.rollback.ran) lines.push(`- **Rollback:** ${rollbackWord(log)}`);
  if (log.deviations.length > 0) lines.push(`- **Deviations:** ${log.deviations.length}`);
  if (log.problem !== null) lines.push('', ...problem(log.problem));
  return lines;
}

function rehearsed(log: LogDocument): string {
  if (log.mode === 'rehearsal') return 'this is one';
  if (log.rehearsal === null) return 'none is known';
  return `${code(log.rehearsal.run)}, ${utc(log.rehearsal.at)}, ${log.rehearsal.sha256Matches ? 'of this very guide' : 'of **another version** of the guide'}`;
}

/** How the rollback went, in a few words. */
export function rollbackWord(log: LogDocument): string {
  const { complete, proof } = log.rollback;
  const done = complete === null ? 'not finished' : complete ? 'complete' : '**incomplete**';
  return proof === null ? done : `${done}, ${proof.clean ? cleanWord(proof) : `**${count(proof.residue.length + proof.rowsChanged.length, 'difference')} left**`}`;
}

/** All steps of the way forward in one table: verdict, duration, what was rehearsed. */
export function overview(log: LogDocument): string[] {
  const rehearsedAny = log.steps.some((step) => step.rehearsedMs !== null);
  const head = ['Verdict', 'Step', 'Phase', 'Took', ...(rehearsedAny ? ['Rehearsed', 'Ratio'] : [])];
  return table(head, log.steps.map((step) => [
    marked(step.verdict), md(step.name, 80), md(log.phases.find((phase) => phase.id === step.phase)?.title ?? step.phase, 40),
    step.durationMs === null ? '' : spoken(step.durationMs),
    ...(rehearsedAny ? [step.rehearsedMs === null ? '' : spoken(step.rehearsedMs), ['passed', 'warned', 'failed', 'waived'].includes(step.verdict) ? ratio(step.durationMs, step.rehearsedMs) : ''] : []),
  ]));
}

function ratio(actual: number | null, rehearsed: number | null): string {
  return actual === null || rehearsed === null || rehearsed === 0 ? '' : `×${(actual / rehearsed).toFixed(1)}`;
}
