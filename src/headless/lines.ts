import type { Graph } from '../graph/graph.js';
import { stepNames } from '../graph/step-name.js';
import type { RunEvent } from '../engine/event.js';
import { forecastLines } from '../log/forecast-lines.js';
import { stepState, type RunState } from '../engine/state.js';
import { triggerErrors, triggerPlace, triggerSentence } from '../log/trigger-text.js';
import type { Verdict } from '../steps/fact.js';
import { progressText } from '../text/progress.js';
import { formatDuration } from '../text/duration.js';
import { visible } from '../text/sanitise.js';
import { withoutTableRules } from '../text/table.js';
import { typeable } from '../text/program-name.js';
import { cleanWord } from '../log/proof-word.js';

const GLYPHS: Record<Verdict, string> = {
  pending: '○', running: '›', passed: '✓', warned: '!', failed: '✗', skipped: '-', waived: '~', blocked: '#', unknown: '?',
  'not evaluated': '-', 'not reached': '-', 'not chosen': '-',
};

/** Characters of a failing statement that a line shows; the log has it whole. */
const STATEMENT_LENGTH = 120;

/** The lines that a run without a screen prints for an event; empty for most. */
export function linesFor(event: RunEvent, state: RunState, graph: Graph): string[] {
  switch (event.type) {
    case 'run.started': return [`${event.guide.title}: ${event.mode} ${event.run}, environment ${event.environment}, operator ${event.operator}`].map((text) => visible(text));
    case 'run.resumed': return [visible(`resumed by ${event.operator} on ${event.host} (from ${event.from} on ${event.fromHost})`), ...(event.putBack === undefined ? [] : [visible(`! ${event.putBack}`)])];
    case 'target.identified': return [visible(`database ${event.target.database} at ${event.target.server}, PostgreSQL ${event.target.version}, role ${event.target.role}`)];
    case 'stage.entered': return ['', visible(`== ${event.text}`)];
    case 'choice.made': return [visible(`  chosen: ${event.option}`)];
    case 'step.finished': return stepLines(event, state, graph);
    case 'waiting.seen': return event.blockers.map((one) => visible(`  waiting for pid ${one.pid} (${[one.user, one.application, one.state].filter((part) => part !== '').join(', ')}${one.since === null ? '' : `, since ${one.since}`}), which holds ${one.holds.join(', ') || 'nothing of ours'}: ${one.query}`));
    case 'progress.seen': return [visible(`  ${progressText(event.progress)}`)];
    case 'attempt.retried': return [visible(`  ${event.sqlstate}: tried again after ${formatDuration(event.afterMs)}`)];
    case 'blocker.ended': return [visible(`  ${event.done ? (event.how === 'cancel' ? 'cancelled the statement of' : 'ended') : `could not ${event.how}`} the session ${event.pid}, asked by ${event.by}`)];
    case 'connection.lost':
    case 'connection.restored': return [visible(`! ${event.text}`)];
    case 'step.committed': return (event.warnings ?? []).map((warning) => visible(`! committed, but COMMIT warned: ${warning}`));
    case 'ledger.behind': return [visible(`! ${event.missing ?? 'the ledger\'s copy of the journal is whole again'}`)];
    case 'window.crossed': return [visible(`! ${event.text}`)];
    case 'forecast.noted': return forecastLines(event, state.run).map((line, index) => visible(`${index === 0 ? 'Forecast: ' : '  '}${line}`));
    case 'doubt.settled': return [visible(`  ${event.step}: ${event.outcome} (${event.how})`)];
    case 'rollback.started': return ['', visible(`== Rolling back: ${event.reason}`), ...event.uncovered.map((id) => visible(`  the guide has no rollback for ${id}`))];
    case 'rollback.finished': return [event.complete ? 'Rollback complete.' : visible(`Rollback NOT complete${event.notUndone.length > 0 ? `; not undone: ${event.notUndone.join(', ')}` : ''}.`)];
    case 'proof.finished': return proofLines(event);
    case 'triggers.probed': return triggerLines(event);
    default: return [];
  }
}

function stepLines(event: Extract<RunEvent, { type: 'step.finished' }>, state: RunState, graph: Graph): string[] {
  if (event.verdict === 'pending') return [];
  const step = graph.steps.find((one) => one.id === event.step);
  const known = stepState(state, event.pass, event.step);
  const head = `${GLYPHS[event.verdict]} ${event.verdict.padEnd(7)} ${stepNames(graph).get(event.step) ?? event.step}${event.durationMs > 0 ? ` (${formatDuration(event.durationMs)})` : ''}`;
  const lines = [head];
  for (const [index, judged] of Object.entries(known.expectations)) {
    const expectation = step?.expectations[Number(index)];
    if (judged.verdict === 'passed' && event.verdict !== 'failed') continue;
    lines.push(`    line ${expectation?.line ?? '?'}: ${judged.verdict}: ${withoutTableRules(judged.expected).replace(/\n/g, ' ')}, got ${judged.actual}${judged.note ? ` (${judged.note})` : ''}`);
  }
  for (const one of known.statements) if (one.executed === false) lines.push(...one.sql.split('\n').map((text) => `    ${text}`));
  for (const { index, tolerated, error } of known.statements) {
    const statement = step?.statements[index];
    if (tolerated && error) lines.push(`    ${statement?.file ? `${statement.file}:` : 'line '}${statement?.line ?? '?'}: tolerated: ${error.sqlstate ?? ''} ${error.message}`);
  }
  const failing = known.statements.find((one) => one.error !== null && !one.tolerated);
  if (event.problem?.code === 'statement-failed' && failing) lines.push(`    in: ${failing.sql.replace(/\s+/g, ' ').slice(0, STATEMENT_LENGTH)}`);
  if (event.problem) lines.push(`    ${event.problem.where ? `${event.problem.where}: ` : ''}${event.problem.code === 'statement-failed' && failing?.error?.sqlstate ? `${failing.error.sqlstate} ` : ''}${event.problem.what}`, ...(event.problem.remedy && event.verdict === 'failed' ? [`    try: ${typeable(event.problem.remedy)}`] : []));
  else if (event.reason && event.verdict !== 'passed') lines.push(`    ${event.reason}`);
  return lines.map((line) => visible(line));
}

function triggerLines({ findings }: Extract<RunEvent, { type: 'triggers.probed' }>): string[] {
  return findings.flatMap((one) => [
    `${one.severity === 'fault' ? '✗ fault  ' : '! warning'} ${triggerSentence(one)}`, `    ${[triggerPlace(one), triggerErrors(one)].filter((text) => text !== '').join(': ')}`,
  ]).map((line) => visible(line));
}

function proofLines(event: Extract<RunEvent, { type: 'proof.finished' }>): string[] {
  const what = event.what === 'rollback' ? 'Rollback proof' : event.what === 'again' ? 'Second application' : `Partial rollback after ${event.after ?? '?'}`;
  const { proof } = event;
  const lines = [`${what}: ${proof.clean ? `clean${cleanWord(proof).replace(/^.*proved clean/, '')}` : 'NOT clean'}`];
  for (const one of proof.residue) {
    lines.push(`    ${one.difference}: ${one.object}${one.step ? ` (step ${one.step})` : ''}${one.difference === 'changed' ? `: was ${one.was ?? 'nothing'}, is ${one.is ?? 'nothing'}` : ''}`);
  }
  for (const one of proof.rowsChanged) lines.push(`    rows of ${one.table}: ${one.rowsBefore ?? '?'} before, ${one.rowsAfter ?? '?'} after${one.columns.length > 0 ? `; columns ${one.columns.join(', ')}` : ''}`);
  if (proof.notCompared.length > 0) lines.push(`    not compared: ${proof.notCompared.join(', ')}`);
  return lines.map((line) => visible(line));
}
