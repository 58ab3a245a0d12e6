import type { Graph, Step } from '../graph/graph.js';
import type { StatementResult } from '../steps/fact.js';
import { alone, mayFail, settingsBefore } from '../steps/sql.js';
import { changedDoubt, isChanged, unended, type ChangedStep } from './changed.js';
import type { LedgerAttempt, Target } from './ports.js';
import type { Recorder } from './recorder.js';
import { doneStatements, stepState, type RunState, type StepState } from './state.js';

type Settled = { outcome: 'committed' | 'rolled back' | 'unknown'; how: string };

/**
 * One step of a pass whose outcome is to be decided. `rows`: its attempts in the ledger; undefined: there is no ledger.
 * `whole`: the ledger has all that the journal knows of; `lost`: of this step it has not. `gaps`: lines of its last attempt
 * are missing here, so that more of it may have run than they tell.
 */
interface Doubt { step: Step; state: StepState; rows: LedgerAttempt[] | undefined; repair: boolean; whole: boolean; lost: boolean; gaps: boolean }

/** Whether the ledger has all that the journal knows of: one that lost what it had proves nothing by what is not in it, nor one that was made since an attempt began. */
function wholeFor(graph: Graph, state: RunState, attempts: LedgerAttempt[] | undefined): (attempt: StepState) => boolean {
  const whole = attempts !== undefined && !Object.keys(state.passes).some((pass) => graph.steps.some((step) => gone(step, stepState(state, pass, step.id), attempts)));
  return ({ order }) => whole && order >= state.ledgerGone;
}

/** Steps that the guide has otherwise now than when they were begun, and whose end nobody here heard. `why` is null where nothing of them stands. */
export function changedDoubts(graph: Graph, state: RunState, attempts: LedgerAttempt[] | undefined): (Omit<ChangedStep, 'why'> & { why: ChangedStep['why'] | null })[] {
  const whole = wholeFor(graph, state, attempts);
  const known = [...Object.entries(state.passes).flatMap(([pass, steps]) => Object.keys(steps).map((id) => ({ pass, id }))), ...(attempts ?? []).map(({ pass, step: id }) => ({ pass, id }))];
  return [...new Map(known.map((one) => [`${one.pass} ${one.id}`, one])).values()].flatMap(({ pass, id }) => {
    const step = stepState(state, pass, id);
    const rows = attempts?.filter((one) => one.step === id && one.pass === pass) ?? [];
    return !step.applied && isChanged(graph, { state: step, hashes: state.stepHashes, rows }) ? [{ pass, state: step, why: changedDoubt(step, rows, whole(step)) }] : [];
  });
}

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
  const whole = wholeFor(graph, recorder.state, attempts);
  const hasGaps = gapsOf(recorder.state);
  for (const { pass, state } of changedDoubts(graph, recorder.state, attempts)) {
    // What stands of the others was refused before.
    if (unended(state)) await recorder.record({ type: 'doubt.settled', pass, step: state.id, attemptId: state.attemptId ?? '', outcome: 'rolled back', how: 'the guide has it otherwise now, and nothing of it stands' });
  }
  const unknown: string[] = [];
  for (const pass of new Set([...Object.keys(passes), ...attempts?.map((one) => one.pass) ?? []])) {
    for (const step of graph.steps) {
      const rows = attempts?.filter((one) => one.step === step.id && one.pass === pass);
      const known = stepState(recorder.state, pass, step.id);
      const doubt = { step, state: known, rows, repair, whole: whole(known), lost: ledger && gone(step, known, attempts ?? []), gaps: hasGaps(known, rows) };
      if (!doubt.lost && !inDoubt(doubt)) continue;
      const gaps = doubt.gaps && alone(step);
      const settled = await settle(doubt, target, async (index, detail) => recorder.record({ type: 'statement.finished', pass, step: step.id, attempt: doubt.state.attempts, result: decided(step, index, detail) }));
      if (settled.outcome === 'unknown') unknown.push(step.id);
      await recorder.record({ type: 'doubt.settled', pass, step: step.id, attemptId: rows?.at(-1)?.attemptId ?? doubt.state.attemptId ?? '', ...(rows?.length ? { number: rows.at(-1)?.number } : {}), ...(gaps ? { gaps } : {}), ...settled });
    }
  }
  return unknown;
}

/** The result of a statement that nobody heard the end of, once it is known to have taken effect. */
export function decided(step: Step, index: number, by: string): StatementResult {
  return {
    index, sql: step.statements[index]?.sql ?? '', command: step.statements[index]?.command ?? '', columns: [], types: [], rows: [], rowCount: null, truncated: false, affected: null, durationMs: 0,
    error: null, tolerated: false, notices: [{ severity: 'INFO', message: `outcome decided by ${by}` }], output: null, exitCode: null, locks: [], rewrites: [],
  };
}

/**
 * Whether lines of a step's last attempt are missing here, or may be: those of one that nobody here heard of, and of the
 * last that was begun where the ledger's copy told of it, for that may have come to an end too early.
 */
function gapsOf({ fromCopy, passes }: RunState): (state: StepState, rows?: readonly LedgerAttempt[]) => boolean {
  const last = Math.max(0, ...Object.values(passes).flatMap((steps) => Object.values(steps).map(({ order }) => (order < fromCopy ? order : 0))));
  return (state, rows = []) => state.gaps || unheard(state, rows) || (last > 0 && state.order === last);
}

const OPEN: ReadonlySet<StepState['verdict']> = new Set<StepState['verdict']>(['running', 'pending', 'failed', 'unknown']);

function inDoubt({ step, state, rows = [], gaps }: Doubt): boolean {
  if (step.kind === 'shell') return (wasStarted(state, rows) && ['running', 'pending', 'unknown'].includes(state.verdict)) || unheard(state, rows);
  if (step.kind !== 'sql' || step.discard) return false;
  // Where a function writes behind a statement that only reads, its COMMIT is announced, or the ledger tells of it.
  if (!step.statements.some((statement) => statement.writes) && !state.committing && rows.length === 0) return false;
  // The same attempt may have gone on from where it had failed.
  if (alone(step) && gaps && OPEN.has(state.verdict) && rows.some((one) => one.attemptId === state.attemptId)) return true;
  return ['running', 'unknown'].includes(state.verdict) || state.committing || (!state.applied && committedIn(rows)) || unheard(state, rows);
}

/** Whether the journal heard the step's COMMIT, and the ledger has no row of it: the database was put back to an earlier state, or the ledger was emptied. */
function gone(step: Step, { applied, attemptId, problem }: StepState, rows: readonly LedgerAttempt[]): boolean {
  if (step.kind !== 'sql' || step.discard || !applied || attemptId === null) return false;
  // What a person decided has no row to stand on.
  return problem?.code !== 'in-doubt' && !rows.some((one) => one.attemptId === attemptId);
}

const committedIn = (rows: readonly LedgerAttempt[]): boolean => rows.some((one) => one.state === 'committed');

/** Whether the ledger has an attempt whose beginning this journal does not know: its last lines were not copied in time. */
const unheard = (state: StepState, rows: readonly LedgerAttempt[]): boolean => rows.some((one) => one.number > state.attempts);

/** Whether a command was started, as the journal knows or the ledger: its row is written just before. */
const wasStarted = (state: StepState, rows: readonly LedgerAttempt[]): boolean => state.commandStarted || rows.some((one) => one.attemptId === state.attemptId);

/** No probe knows what a command did: it is a person's to look, and never run again unseen. */
function toldOfCommand({ statements: [result], commandStarted }: StepState): string {
  if (!commandStarted) return 'the ledger tells that the command was about to be started, and nothing is known here of its end';
  return result ? `the command ended with ${result.exitCode === null ? 'no exit code' : `exit code ${result.exitCode}`}, and its step was left open` : 'the command was started, and its end was not seen';
}

type Found = (index: number, detail: string) => Promise<void>;

async function settle(doubt: Doubt, target: Target, found: Found): Promise<Settled> {
  const { step, state, rows, whole, lost, gaps } = doubt;
  if (lost) return { outcome: 'unknown', how: 'the journal says that it was applied, and the ledger has no row of it: the database was put back to an earlier state (a backup, a failover), or the ledger was emptied' };
  if (step.kind === 'shell') return { outcome: 'unknown', how: toldOfCommand(state) };
  if (alone(step)) return settleAlone(doubt, target, found);
  if (state.applied && state.verdict === 'running') return { outcome: 'committed', how: 'the journal holds the answer of COMMIT' };
  if (rows && committedIn(rows)) return { outcome: 'committed', how: 'the ledger holds the row of this attempt' };
  if (!state.committing && state.verdict !== 'unknown' && !gaps) return { outcome: 'rolled back', how: 'COMMIT was never sent' };
  if (rows && whole) return { outcome: 'rolled back', how: 'the ledger has no row of this attempt' };
  const none = rows ? 'the ledger is not whole' : 'there is no ledger to ask';
  const { state: seen, detail } = await target.probeTransaction(step.statements.map(({ sql }, index) => ({ sql, mayFail: step.tolerate.length > 0 || mayFail(step).includes(index) })));
  if (seen === 'done') return { outcome: 'committed', how: `${none}; by a probe of the database: ${detail}` };
  if (seen === 'not done') return { outcome: 'rolled back', how: `${none}; by a probe of the database: ${detail}` };
  return { outcome: 'unknown', how: `COMMIT was sent and ${none}; ${detail}` };
}

/** What the server was heard to refuse a statement with: what a probe finds then ("already exists") is somebody else's. */
function refusedWith(step: Step, { statements }: StepState, at: number): string | null {
  // It may have committed within itself before it failed.
  if (/^(?:CALL|DO)$/.test(step.statements[at]?.command ?? '')) return null;
  const error = statements.find((one) => one.index === at && !one.tolerated)?.error;
  // An error that ended the connection tells nothing of the statement.
  return error?.sqlstate && !/^(?:08|57P)/.test(error.sqlstate) ? error.message : null;
}

async function settleAlone({ step, state, rows = [], repair, gaps }: Doubt, target: Target, found: Found): Promise<Settled> {
  // The row is written after the last statement: all of them took effect.
  const all = committedIn(rows);
  let took = doneStatements(state);
  for (let at = took; ; at += 1) {
    const open = step.statements[at];
    // Where lines are missing, one that only reads is no end: those after it may have run.
    if (open && !open.writes && !all && gaps) continue;
    if (!open || (!open.writes && !all)) return { outcome: took > 0 || all ? 'committed' : 'rolled back', how: all ? 'the ledger holds the row of this attempt' : `${took} of ${step.statements.length} statements are known to be done` };
    if (all) { await found(at, 'the ledger'); took = at + 1; continue; }
    const probe = await target.probe(open.sql, settingsBefore(step, at).filter((one) => one.parameters.length === 0).map(({ sql }) => sql));
    const rebuilt = repair && probe.state === 'half done' && /^\s*create\b/i.test(open.sql);
    // Where lines are missing it may have been tried again.
    const refused = probe.state === 'half done' || gaps ? null : refusedWith(step, state, at);
    switch (rebuilt || refused !== null ? 'not done' : probe.state) {
      case 'not done': return { outcome: took > 0 ? 'committed' : 'rolled back', how: `statement ${at + 1} did not take: ${refused ?? probe.detail}` };
      case 'done':
        await found(at, `a probe: ${probe.detail}`);
        took = at + 1;
        // Of an attempt that the journal knows to its end one statement at most was under way; of another nobody knows how many.
        if (gaps) break;
        return { outcome: 'committed', how: `statement ${at + 1} took effect: ${probe.detail}` };
      case 'half done':
      case 'unknown': return { outcome: 'unknown', how: `statement ${at + 1}: ${probe.state}, ${probe.detail}` };
    }
  }
}
