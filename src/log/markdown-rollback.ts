import { count, spoken } from './format.js';
import { marked } from './glyph.js';
import { code, cellCode, md, table } from './markdown-text.js';
import { stepSection, wentAsExpected } from './markdown-step.js';
import { rollbackWord } from './markdown-summary.js';
import type { LogDocument, LogStep } from './schema.js';
import { cleanSentence } from './proof-word.js';

type Proof = LogDocument['proofs'][number]['proof'];

/** The rollback: why, what was undone, and its steps in a table. Empty when nothing was rolled back. */
export function rollbackLines(log: LogDocument): string[] {
  const { rollback } = log;
  if (!rollback.ran) return [];
  const lines = ['## Rollback', '', `- Result: ${rollbackWord(log)}`];
  if (rollback.reason !== null) lines.push(`- Reason: ${md(rollback.reason)}${rollback.by === null ? '' : ` (by ${md(rollback.by)})`}`);
  if (rollback.undone.length > 0) lines.push(`- Undone: ${rollback.undone.map((id) => code(id)).join(', ')}`);
  if (rollback.notUndone.length > 0) lines.push(`- **Not undone:** ${rollback.notUndone.map((id) => code(id)).join(', ')}`);
  if (rollback.uncovered.length > 0) lines.push(`- Without a rollback in the guide: ${rollback.uncovered.map((id) => code(id)).join(', ')}`);
  lines.push('');
  if (rollback.steps.length > 0) lines.push(...stepTable(rollback.steps), '');
  return lines;
}

/** Verdict and duration of each of some steps. */
function stepTable(steps: readonly LogStep[]): string[] {
  return table(['Verdict', 'Step', 'Took'], steps.map((step) => [marked(step.verdict), md(step.name, 80), step.durationMs === null ? '' : spoken(step.durationMs)]));
}

/** A further pass over the guide: all its steps in a table, and those that did not go as the guide says. */
export function passLines(title: string, steps: readonly LogStep[], mode: LogDocument['mode']): string[] {
  if (steps.length === 0) return [];
  return [`## Pass: ${md(title)}`, '', ...stepTable(steps), '', ...steps.filter((step) => !wentAsExpected(step)).flatMap((step) => stepSection(step, 3, mode))];
}

const titles: Record<LogDocument['proofs'][number]['what'], string> = {
  rollback: 'Proof of the rollback: the database compared with what it was before',
  again: 'Applied again: compared with the first time',
  partial: 'Partial rollback',
};

/** Every comparison of the database before and after. */
export function proofLines(log: LogDocument): string[] {
  if (log.proofs.length === 0) return [];
  const lines = ['## Proofs', ''];
  for (const one of log.proofs) lines.push(`### ${titles[one.what]}${one.after === null ? '' : ` after ${code(one.after)}`}`, '', ...proofBody(one.proof), '');
  return lines;
}

function proofBody(proof: Proof): string[] {
  const lines = [proof.clean ? `✓ ${cleanSentence(proof)}` : `✗ ${count(proof.residue.length, 'object')} and ${count(proof.rowsChanged.length, 'table')} differ.`];
  if (proof.residue.length > 0) {
    lines.push('', ...table(['Object', 'Difference', 'Was', 'Is', 'Step'], proof.residue.map((one) => [
      cellCode(one.object), one.difference, one.was === null ? '' : cellCode(one.was), one.is === null ? '' : cellCode(one.is), one.step === null ? '' : cellCode(one.step),
    ])));
  }
  if (proof.rowsChanged.length > 0) {
    lines.push('', ...table(['Table', 'Rows before', 'Rows after', 'Columns changed'], proof.rowsChanged.map((one) => [
      cellCode(one.table), String(one.rowsBefore ?? ''), String(one.rowsAfter ?? ''), one.columns.map((column) => cellCode(column)).join(', '),
    ])));
  }
  if (proof.notCompared.length > 0) lines.push('', `Not compared: ${proof.notCompared.map((one) => md(one)).join('; ')}`);
  return lines;
}
