import type { Measured } from '../assertions/assertion.js';
import { wantsCutOff } from '../assertions/cut-off.js';
import { fillParameters, namesInClaims } from '../graph/fill.js';
import type { Step } from '../graph/graph.js';
import { hintMatches } from '../graph/hints.js';
import { cannotRead, leftOutBefore, notEvaluated, showOnly } from './shared/dry-run.js';
import { fillClaims } from './shared/claims.js';
import { askVerdicts, judge, parametersOfExpectations, type Judged } from './shared/judge.js';
import { migrationsOf } from './shared/migrations.js';
import { outcome, skipped } from './shared/result.js';
import { pause, telling } from './shared/told.js';
import type { ReadyStatement, SqlOutcome, SqlWork, StepContext, StepHandler, StepOutcome } from './step.js';

/** SQLSTATEs after which the whole step may be tried again: lock timeout, deadlock, serialization. */
const RETRYABLE = new Set(['55P03', '40P01', '40001']);

/** A `sql` step: its statements in one transaction (or alone where PostgreSQL demands it), judged before COMMIT. */
export const sqlStep: StepHandler = {
  async perform(context) {
    const { step } = context;
    const writes = step.statements.some((statement) => statement.writes);
    if (context.committed) return conclude(context, { result: { state: 'committed', error: null, because: null }, judged: { failed: [], asked: [...context.owed] }, ran: 0 }, true, 0);
    if (context.mode === 'dry-run' && writes) return showOnly(context, step.statements.map(({ sql, command }) => ({ text: sql, command })), 'dry run: a writing step is shown, not executed');
    const unreadable = cannotRead(context);
    if (unreadable !== null) return outcome('not evaluated', { reason: unreadable });
    await context.needValues([...step.statements.flatMap((statement) => statement.parameters), ...namesInClaims(step.claims), ...parametersOfExpectations(step)]);
    if (writes && !step.discard && context.resumeFrom < step.statements.length) {
      const answer = await context.ask({ kind: 'go', step: step.id, what: 'sql', text: step.title });
      if (answer.kind === 'skip') return skipped(context, answer.reason);
    }
    return attempt(context, writes);
  },
};

async function attempt(context: StepContext, writes: boolean): Promise<StepOutcome> {
  let writing = writes;
  // Outside a transaction what was done stays done: a retry goes on where it failed.
  let from = context.resumeFrom;
  // What its statements gave is judged at the end, also where a later one had to be tried again.
  const measured = new Map<number, Measured>();
  for (let tries = 0; ; tries += 1) {
    for (const index of [...measured.keys()].filter((one) => one >= from)) measured.delete(index);
    const run = await once(context, writing, from, measured);
    if (run.result.because === 'writes') {
      context.checkStop();
      const answer = await context.ask({ kind: 'go', step: context.step.id, what: 'sql', text: `${context.step.title} (a function that it calls writes: it was rolled back, and runs again as a step that writes)` });
      if (answer.kind === 'skip') return skipped(context, answer.reason);
      await context.beforeWrite();
      writing = true;
      continue;
    }
    // The operator's stop, or the cancel request of the second Ctrl-C: no failure, the step stays open.
    if (run.result.because === 'stopped' || run.result.because === 'cancelled') context.checkStop();
    const sqlstate = run.result.error?.sqlstate ?? '';
    if (run.result.state !== 'rolled back' || !RETRYABLE.has(sqlstate) || tries >= context.step.retries || run.result.leaves === true) return conclude(context, run, writing, from);
    context.checkStop();
    if (alone(context.step)) from = run.result.error?.statement ?? from;
    const afterMs = Math.round(Math.min(1000 * 2 ** tries, 60_000) * (0.5 + jitter(context.attemptId, tries) / 2));
    await context.record({ type: 'attempt.retried', sqlstate, afterMs });
    await pause(context, afterMs);
  }
}

/** Backoff jitter in [0, 1) from the attempt's own random id, so that two wizards do not step together. */
function jitter(attemptId: string, tries: number): number {
  return parseInt(attemptId.replaceAll('-', '').slice(tries % 24, (tries % 24) + 6), 16) / 0x1000000;
}

interface Once { result: SqlOutcome; judged: Judged; ran: number }

async function once(context: StepContext, writes: boolean, from: number, measured: Map<number, Measured>): Promise<Once> {
  const before = measured.size;
  let judged: Judged = { failed: [], asked: [] };
  const work = prepare(context, writes, from);
  const result = await context.sql.perform(work, {
    ...telling(context, measured),
    judge: async (query) => {
      await capture(context, measured);
      judged = await judge(context, measured, query);
      return judged.failed.length === 0;
    },
    committing: (attemptId, locks) => context.record({ type: 'step.committing', attemptId, ...(locks.length > 0 ? { locks } : {}) }),
  });
  if (result.state === 'committed' && writes && !context.step.discard) await context.record({ type: 'step.committed', attemptId: context.attemptId, ...(result.warnings ? { warnings: result.warnings } : {}) });
  if (result.error) judged = await judge(context, measured, null);
  return { result, judged, ran: measured.size - before };
}

function prepare(context: StepContext, writes: boolean, from: number): SqlWork {
  const { step } = context;
  const values = context.values();
  const statements: ReadyStatement[] = step.statements.map((source, index) => {
    const { sql } = fillParameters(source.sql, values);
    return { index, sql, source };
  }).filter((one) => one.index >= from);
  return {
    run: context.run, step: step.id, stepHash: step.hash, pass: context.pass, attempt: context.attempt, attemptId: context.attemptId, operator: context.operator,
    statements, settings: settingsBefore(step, from).map(({ sql }) => fillParameters(sql, values).sql), mode: alone(step) ? 'alone' : 'transaction', readOnly: context.mode === 'dry-run', reads: !writes, discard: step.discard, as: step.as,
    claims: fillClaims(step.claims, values), timeoutMs: step.timeoutMs, lockTimeoutMs: step.lockTimeoutMs,
    tolerate: step.tolerate, mayFail: mayFail(step), mayBeCut: mayFail(step, wantsCutOff), apart: timed(step), ledger: context.ledger && writes, record: writes ? migrationsOf(context) : null, repair: context.repair,
  };
}

const SETS = /^\s*(?:set\s+(?!local\b|transaction\b|constraints\b)|reset\b|select\s+(?:pg_catalog\s*\.\s*)?set_config\s*\()/i;

/** Statements before one that set something for their session, such as its search path or its role: where a step goes on, they have to hold again. */
export function settingsBefore(step: Step, index: number): Step['statements'] {
  return alone(step) ? step.statements.slice(0, index).filter(({ sql }) => SETS.test(sql)) : [];
}

type Wanted = Extract<Step['expectations'][number]['assertion'], { type: 'error' }>;

/** Statements (by index) of which an expectation wants an error; `such`: one of these. */
export function mayFail(step: Step, such: (wanted: Wanted) => boolean = () => true): number[] {
  return step.expectations.flatMap(({ assertion, alternative, statement }) => (statement !== null && [assertion, alternative].some((one) => one?.type === 'error' && such(one)) ? [statement] : []));
}

/** Statements whose own time an expectation asks for; one about the step as a whole asks for all. */
function timed(step: Step): number[] {
  const asked = step.expectations.filter((one) => one.assertion.type === 'time' || one.alternative?.type === 'time');
  return asked.flatMap((one) => (one.statement === null ? step.statements.map((_, index) => index) : [one.statement]));
}

/** Whether the step's statements run outside a transaction. */
export function alone(step: Step): boolean {
  return !step.transaction || step.statements.some((statement) => !statement.transactional);
}

/** `capture="a,b"`: columns of the first row of the last statement that returned rows, by position. */
async function capture(context: StepContext, measured: ReadonlyMap<number, Measured>): Promise<void> {
  if (context.step.capture.length === 0) return;
  const row = [...measured.values()].findLast((one) => one.rowCount !== null)?.rows[0];
  for (const [index, name] of context.step.capture.entries()) {
    await context.record({ type: 'capture.set', name, value: row?.[index] ?? null });
  }
}

async function conclude(context: StepContext, { result, judged, ran }: Once, writes: boolean, from: number): Promise<StepOutcome> {
  const { step } = context;
  const where = `step ${step.id}, line ${step.line}`;
  if (result.state === 'unknown') {
    return outcome('unknown', { applied: true, problem: { code: 'in-doubt', what: result.error?.message ?? 'The connection broke around COMMIT, and the database could not say whether it took.', where, ...(context.mode === 'run' ? { remedy: 'Run deploy-wizard resume; the ledger or a probe decides.' } : {}) } });
  }
  const before = leftOutBefore(context);
  if (before !== null && (result.error !== null || judged.failed.length > 0)) return notEvaluated(before);
  if (result.error) {
    const { sqlstate, message, line } = result.error;
    const failedIn = result.error.statement === null ? step : step.statements[result.error.statement];
    // Where none is to blame, all that ran stand.
    const stood = ran + from - (result.error.statement === null ? 0 : 1);
    const applied = alone(step) && writes && stood > 0;
    return outcome('failed', {
      applied, reason: sqlstate ? `${sqlstate} ${message}` : message,
      problem: { code: result.invalid === undefined ? 'statement-failed' : 'index-invalid', what: message, where: place(step, failedIn && 'file' in failedIn ? failedIn.file : null, line ?? failedIn?.line ?? step.line), remedy: remedyFor(context, message, sqlstate) },
    });
  }
  const { failed, waived } = await askVerdicts(context, judged);
  const applied = result.state === 'committed' && writes && !step.discard && context.mode !== 'dry-run';
  if (failed.length > 0) {
    return outcome('failed', { applied, reason: failed[0] ?? null, problem: { code: 'expectation-failed', what: failed.join('; '), where, remedy: adviceFor(result.because === 'judged' && writes && !applied, applied) } });
  }
  return outcome(waived ? 'waived' : 'passed', { applied });
}

/** What to do about a false expectation, by what the database holds of the step now. */
function adviceFor(undone: boolean, applied: boolean): string {
  if (undone) return 'Mend the cause, in the data or in the guide, and retry: nothing of the step was applied (rolled back before COMMIT).';
  if (applied) return 'The step is applied. Find out why the result is another than the guide says; then accept it with a reason, or roll back.';
  return 'Find out why the result is another than the guide says; then retry, accept it with a reason, or roll back.';
}

function place(step: Step, file: string | null, line: number): string {
  return file === null ? `step ${step.id}, line ${line}` : `step ${step.id}, ${file}:${line}`;
}

function remedyFor(context: StepContext, message: string, sqlstate: string | null): string {
  const hint = context.graph.hints.find((one) => hintMatches(one.pattern, message));
  // Most such statements are known by their text; a REINDEX of a partitioned table is not.
  if (!hint && sqlstate === '25001' && context.step.transaction) return 'PostgreSQL refuses this inside a transaction: give it a step of its own with transaction=off.';
  if (!hint && sqlstate === '2D000' && context.step.transaction) return 'It commits by itself, which a transaction does not allow: give it a step of its own with transaction=off.';
  if (!hint && sqlstate === '55P04') return 'A value that ALTER TYPE … ADD VALUE adds is of use once it is committed: give what uses it a step of its own, after this one.';
  return hint?.remedy ?? 'Read the message, mend the cause, then retry the step.';
}
