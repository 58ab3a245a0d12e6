import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { formatDuration } from '../text/duration.js';
import { visible } from '../text/sanitise.js';
import { count } from './format.js';
import { marked } from './glyph.js';
import { runDuration } from './run-facts.js';
import { isLater } from '../engine/plan.js';
import { stepState } from '../engine/state.js';
import { cleanWord } from './proof-word.js';

const resumable = new Set(['stopped', 'interrupted', 'failed']);

/**
 * The few plain lines left on the normal screen after a run: outcome, counts,
 * where, what went wrong, the log's path, and what to type next, with the flags
 * that it needs again. No colour.
 */
export function summaryText(state: RunState, graph: Graph, given: { log: string; flags?: string }): string {
  const lines = [`${marked(state.outcome ?? 'running')}: ${visible(state.guide.title)} (${visible(state.environment)}${state.mode === 'run' || state.mode === state.environment ? '' : `, ${state.mode}`})`];
  lines.push(`  steps     ${counts(state, graph)}`);
  const took = runDuration(state);
  if (took !== null) lines.push(`  took      ${formatDuration(took)}`);
  if (state.target !== null) lines.push(`  database  ${visible(state.target.database)} on ${visible(state.target.server)}, PostgreSQL ${visible(state.target.version)}`);
  // The first that failed: what fails in a later pass may come of it.
  const [failed] = Object.values(state.passes).flatMap((steps) => graph.steps.filter((step) => steps[step.id]?.verdict === 'failed'));
  if (failed !== undefined) lines.push(`  failed    ${visible(failed.title)} (${visible(state.guide.path)}:${failed.line})`);
  if (state.problem !== null && state.problem.what !== '') lines.push(`  because   ${visible(state.problem.what)}${state.problem.remedy === undefined ? '' : `${/[.!?]$/.test(state.problem.what) ? '' : '.'} ${visible(state.problem.remedy)}`}`);
  const rollback = rollbackLine(state);
  if (rollback !== null) lines.push(`  rollback  ${rollback}`);
  const stopped = state.triggers?.findings.length ?? 0;
  if (stopped > 0) lines.push(`  triggers  ${count(stopped, 'write')} that a trigger stops; see the log`);
  if (state.deviations.length > 0) lines.push(`  deviated  ${count(state.deviations.length, 'time')}, each with its reason in the log`);
  lines.push(`  log       ${visible(given.log)}`);
  if (state.mode === 'run' && (state.outcome === null || resumable.has(state.outcome))) lines.push(`  go on     deploy-wizard resume ${visible(state.run)}${visible(given.flags ?? '')}`);
  return lines.join('\n');
}

/** `12 passed, 1 failed, 3 not reached`: steps of the way forward. */
function counts(state: RunState, graph: Graph): string {
  const byVerdict = new Map<string, number>();
  for (const step of graph.steps) {
    if (step.role === 'rollback') continue;
    const { verdict } = stepState(state, 'forward', step.id);
    // Once the run is over, what is still pending was never reached; a follow-up has its day yet.
    const word = verdict !== 'pending' || state.outcome === null ? verdict : state.passedAt !== null && isLater(step) ? 'to follow' : 'not reached';
    byVerdict.set(word, (byVerdict.get(word) ?? 0) + 1);
  }
  return [...byVerdict].map(([verdict, amount]) => `${amount} ${verdict}`).join(', ') || 'none';
}

function rollbackLine(state: RunState): string | null {
  const proof = state.proofs.find((one) => one.what === 'rollback')?.proof;
  if (state.rollback === null && proof === undefined) return null;
  const done = state.rollback === null || state.rollback.complete === null ? 'run' : state.rollback.complete ? 'complete' : 'not complete';
  if (proof === undefined) return done;
  if (proof.clean) return `${done}, ${cleanWord(proof)}`;
  const { residue: { length: objects }, rowsChanged: { length: tables } } = proof;
  const differ = [...(objects > 0 ? [count(objects, 'object')] : []), ...(tables > 0 ? [`the rows of ${count(tables, 'table')}`] : [])].join(' and ');
  return `${done}${done === 'complete' ? ', but' : ':'} ${differ} ${tables === 0 && objects === 1 ? 'differs' : 'differ'}`;
}
