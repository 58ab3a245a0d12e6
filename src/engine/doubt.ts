import type { Graph, Step } from '../graph/graph.js';
import { alone } from '../steps/sql.js';
import type { Target } from './ports.js';
import type { Recorder } from './recorder.js';
import { doneStatements, type StepState } from './state.js';

type Settled = { outcome: 'committed' | 'rolled back' | 'unknown'; how: string };

/**
 * Decides every attempt that a crash left open, before anything runs again.
 * The advisory lock must be held: it is the barrier behind which no old
 * backend can still commit. The ledger's row (written in the step's own
 * transaction) proves a commit; a non-transactional statement is decided by a
 * probe of the database's state; nothing is decided by running it again. With
 * `repair` an index that was left invalid counts as not built: it is dropped first.
 */
export async function settleDoubts(graph: Graph, recorder: Recorder, target: Target, repair = false): Promise<string[]> {
  const unknown: string[] = [];
  for (const [pass, steps] of Object.entries(recorder.state.passes)) {
    for (const state of Object.values(steps)) {
      const step = graph.steps.find((one) => one.id === state.id);
      if (!step || !inDoubt(step, state)) continue;
      const settled = await settle(step, state, target, { ledger: recorder.state.ledger, repair }, async (index, sql, detail) => recorder.record({
        type: 'statement.finished', pass, step: step.id, attempt: state.attempts, result: {
          index, sql, command: step.statements[index]?.command ?? '', columns: [], types: [], rows: [], rowCount: null, truncated: false, affected: null, durationMs: 0,
          error: null, tolerated: false, notices: [{ severity: 'INFO', message: `outcome decided by a probe: ${detail}` }], output: null, exitCode: null, locks: [], rewrites: [],
        },
      }));
      if (settled.outcome === 'unknown') unknown.push(step.id);
      await recorder.record({ type: 'doubt.settled', pass, step: step.id, attemptId: state.attemptId ?? '', ...settled });
    }
  }
  return unknown;
}

function inDoubt(step: Step, state: StepState): boolean {
  if (!['running', 'unknown'].includes(state.verdict) && !state.committing) return false;
  return step.kind === 'sql' && step.statements.some((statement) => statement.writes) && !step.discard;
}

type Found = (index: number, sql: string, detail: string) => Promise<void>;

async function settle(step: Step, state: StepState, target: Target, { ledger, repair }: { ledger: boolean; repair: boolean }, found: Found): Promise<Settled> {
  if (alone(step)) return settleAlone(step, state, target, repair, found);
  if (state.applied && state.verdict === 'running') return { outcome: 'committed', how: 'the journal holds the answer of COMMIT' };
  if (!state.committing && state.verdict !== 'unknown') return { outcome: 'rolled back', how: 'COMMIT was never sent' };
  const row = ledger && state.attemptId ? await target.attempt(state.attemptId) : undefined;
  if (row === undefined) return { outcome: 'unknown', how: 'COMMIT was sent and there is no ledger to ask' };
  return row === null
    ? { outcome: 'rolled back', how: 'the ledger has no row of this attempt' }
    : { outcome: 'committed', how: 'the ledger holds the row of this attempt' };
}

async function settleAlone(step: Step, state: StepState, target: Target, repair: boolean, found: Found): Promise<Settled> {
  const done = doneStatements(state);
  const open = step.statements[done];
  if (!open || !open.writes) return { outcome: 'committed', how: `${done} of ${step.statements.length} statements are known to be done` };
  const probe = await target.probe(open.sql);
  const rebuilt = repair && probe.state === 'half done' && /^\s*create\b/i.test(open.sql);
  switch (rebuilt ? 'not done' : probe.state) {
    case 'not done': return { outcome: done > 0 ? 'committed' : 'rolled back', how: `statement ${done + 1} did not take: ${probe.detail}` };
    case 'done':
      await found(done, open.sql, probe.detail);
      return { outcome: 'committed', how: `statement ${done + 1} took effect: ${probe.detail}` };
    case 'half done':
    case 'unknown': return { outcome: 'unknown', how: `statement ${done + 1}: ${probe.state}, ${probe.detail}` };
  }
}
