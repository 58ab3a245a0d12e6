import type { Graph, Step } from '../graph/graph.js';
import { alone } from '../steps/sql.js';
import type { LedgerAttempt, Target } from './ports.js';
import type { Recorder } from './recorder.js';
import { doneStatements, stepState, type StepState } from './state.js';

type Settled = { outcome: 'committed' | 'rolled back' | 'unknown'; how: string };

/** One step of a pass whose outcome is to be decided. `rows`: its attempts in the ledger; undefined: there is no ledger. */
interface Doubt { step: Step; state: StepState; rows: LedgerAttempt[] | undefined; repair: boolean }

/**
 * Decides every attempt that a crash left open, before anything runs again.
 * The advisory lock must be held: it is the barrier behind which no old
 * backend can still commit. The ledger's row (written in the step's own
 * transaction) proves a commit, also one that this copy of the journal never
 * heard of; a non-transactional statement is decided by a probe of the
 * database's state, and so is a COMMIT where there is no ledger; nothing is
 * decided by running it again. A shell command that was started is a person's
 * to decide. With `repair` an index that was left invalid
 * counts as not built: it is dropped first.
 */
export async function settleDoubts(graph: Graph, recorder: Recorder, target: Target, repair = false): Promise<string[]> {
  const { run, ledger, passes } = recorder.state;
  const attempts = ledger ? await target.attempts(run) : undefined;
  const unknown: string[] = [];
  for (const pass of new Set([...Object.keys(passes), ...attempts?.map((one) => one.pass) ?? []])) {
    for (const step of graph.steps) {
      const rows = attempts?.filter((one) => one.step === step.id && one.pass === pass);
      const doubt = { step, state: stepState(recorder.state, pass, step.id), rows, repair };
      if (!inDoubt(doubt)) continue;
      const settled = await settle(doubt, target, async (index, detail) => recorder.record({
        type: 'statement.finished', pass, step: step.id, attempt: doubt.state.attempts, result: {
          index, sql: step.statements[index]?.sql ?? '', command: step.statements[index]?.command ?? '', columns: [], types: [], rows: [], rowCount: null, truncated: false, affected: null, durationMs: 0,
          error: null, tolerated: false, notices: [{ severity: 'INFO', message: `outcome decided by ${detail}` }], output: null, exitCode: null, locks: [], rewrites: [],
        },
      }));
      if (settled.outcome === 'unknown') unknown.push(step.id);
      await recorder.record({ type: 'doubt.settled', pass, step: step.id, attemptId: rows?.at(-1)?.attemptId ?? doubt.state.attemptId ?? '', ...settled });
    }
  }
  return unknown;
}

function inDoubt({ step, state, rows = [] }: Doubt): boolean {
  if (step.kind === 'shell') return state.commandStarted && ['running', 'pending', 'unknown'].includes(state.verdict);
  if (step.kind !== 'sql' || step.discard || !step.statements.some((statement) => statement.writes)) return false;
  return ['running', 'unknown'].includes(state.verdict) || state.committing || (!state.applied && committedIn(rows)) || unheard(state, rows);
}

const committedIn = (rows: readonly LedgerAttempt[]): boolean => rows.some((one) => one.state === 'committed');

/** Whether the ledger has an attempt whose beginning this journal does not know: its last lines were not copied in time. */
const unheard = (state: StepState, rows: readonly LedgerAttempt[]): boolean => rows.some((one) => one.number > state.attempts);

/** No probe knows what a command did: it is a person's to look, and never run again unseen. */
function toldOfCommand({ statements: [result] }: StepState): string {
  return result ? `the command ended with ${result.exitCode === null ? 'no exit code' : `exit code ${result.exitCode}`}, and its step was left open` : 'the command was started, and its end was not seen';
}

type Found = (index: number, detail: string) => Promise<void>;

async function settle(doubt: Doubt, target: Target, found: Found): Promise<Settled> {
  const { step, state, rows } = doubt;
  if (step.kind === 'shell') return { outcome: 'unknown', how: toldOfCommand(state) };
  if (alone(step)) return settleAlone(doubt, target, found);
  if (state.applied && state.verdict === 'running') return { outcome: 'committed', how: 'the journal holds the answer of COMMIT' };
  if (rows && committedIn(rows)) return { outcome: 'committed', how: 'the ledger holds the row of this attempt' };
  if (!state.committing && state.verdict !== 'unknown') return { outcome: 'rolled back', how: 'COMMIT was never sent' };
  if (rows) return { outcome: 'rolled back', how: 'the ledger has no row of this attempt' };
  const { state: seen, detail } = await target.probeTransaction(step.statements.map((one) => one.sql));
  if (seen === 'done') return { outcome: 'committed', how: `there is no ledger to ask; by a probe of the database: ${detail}` };
  if (seen === 'not done') return { outcome: 'rolled back', how: `there is no ledger to ask; by a probe of the database: ${detail}` };
  return { outcome: 'unknown', how: `COMMIT was sent and there is no ledger to ask; ${detail}` };
}

async function settleAlone({ step, state, rows = [], repair }: Doubt, target: Target, found: Found): Promise<Settled> {
  // The row is written after the last statement: all of them took effect.
  const all = committedIn(rows);
  for (let at = doneStatements(state); ; at += 1) {
    const open = step.statements[at];
    if (!open || !open.writes) return { outcome: 'committed', how: all ? 'the ledger holds the row of this attempt' : `${at} of ${step.statements.length} statements are known to be done` };
    if (all) { await found(at, 'the ledger'); continue; }
    const probe = await target.probe(open.sql);
    const rebuilt = repair && probe.state === 'half done' && /^\s*create\b/i.test(open.sql);
    switch (rebuilt ? 'not done' : probe.state) {
      case 'not done': return { outcome: at > 0 ? 'committed' : 'rolled back', how: `statement ${at + 1} did not take: ${probe.detail}` };
      case 'done':
        await found(at, `a probe: ${probe.detail}`);
        // Of an attempt that the journal knows one statement at most was under way; of another nobody knows how many.
        if (unheard(state, rows)) break;
        return { outcome: 'committed', how: `statement ${at + 1} took effect: ${probe.detail}` };
      case 'half done':
      case 'unknown': return { outcome: 'unknown', how: `statement ${at + 1}: ${probe.state}, ${probe.detail}` };
    }
  }
}
