import type { Measured } from '../assertions/assertion.js';
import { fillParameters } from '../graph/fill.js';
import { cannotRead, leftOutBefore, notEvaluated } from './shared/dry-run.js';
import { fillClaims } from './shared/claims.js';
import { askVerdicts, judge, parametersOfExpectations } from './shared/judge.js';
import { outcome, skipped } from './shared/result.js';
import { pause, telling } from './shared/told.js';
import type { StepContext, StepHandler, StepOutcome } from './step.js';

/** A `monitor` step: its read-only queries again and again, until the time is over or a threshold breaks. */
export const monitorStep: StepHandler = {
  async perform(context) {
    const { step } = context;
    const unreadable = cannotRead(context);
    if (unreadable !== null) return outcome('not evaluated', { reason: unreadable });
    await context.needValues([...step.statements.flatMap((statement) => statement.parameters), ...parametersOfExpectations(step)]);
    const repeat = context.mode === 'run' ? step.repeat : null;
    if (repeat) {
      const answer = await context.ask({ kind: 'go', step: step.id, what: 'monitor', text: step.title });
      if (answer.kind === 'skip') return skipped(context, answer.reason);
    }
    const end = context.clock.now().getTime() + (repeat?.forMs ?? 0);
    for (;;) {
      const round = await measure(context);
      const last = !repeat || context.clock.now().getTime() + repeat.everyMs > end || context.stopping();
      if (round.verdict === 'failed' || last) return round;
      await pause(context, repeat.everyMs);
    }
  },
};

async function measure(context: StepContext): Promise<StepOutcome> {
  const { step } = context;
  const measured = new Map<number, Measured>();
  const values = context.values();
  let judged = { failed: [] as string[], asked: [] as { index: number; text: string; actual: string }[] };
  const result = await context.sql.perform({
    run: context.run, step: step.id, stepHash: step.hash, pass: context.pass, attempt: context.attempt, attemptId: context.attemptId, operator: context.operator,
    statements: step.statements.map((source, index) => {
      const { sql } = fillParameters(source.sql, values);
      return { index, sql, source };
    }),
    mode: 'transaction', readOnly: true, reads: true, discard: true, as: step.as, claims: fillClaims(step.claims, values), timeoutMs: step.timeoutMs, lockTimeoutMs: step.lockTimeoutMs,
    settings: [], tolerate: [], mayFail: [], mayBeCut: [], apart: step.statements.map((_, index) => index), ledger: false, record: null, repair: false,
  }, {
    ...telling(context, measured),
    judge: async (query) => {
      const row = [...measured.values()].findLast((one) => one.rowCount !== null)?.rows[0];
      for (const [index, name] of step.capture.entries()) await context.record({ type: 'capture.set', name, value: row?.[index] ?? null });
      judged = await judge(context, measured, query);
      return judged.failed.length === 0;
    },
    committing: async () => undefined,
  });
  if (result.because === 'stopped' || result.because === 'cancelled') context.checkStop();
  const where = `step ${step.id}, line ${step.line}`;
  const before = leftOutBefore(context);
  if (before !== null && (result.error !== null || judged.failed.length > 0)) return notEvaluated(before);
  if (result.error) return outcome('failed', { reason: result.error.message, problem: { code: 'statement-failed', what: result.error.message, where } });
  const { failed, waived } = await askVerdicts(context, judged);
  if (failed.length > 0) return outcome('failed', { reason: failed[0] ?? null, problem: { code: 'threshold-crossed', what: failed.join('; '), where } });
  return outcome(waived ? 'waived' : 'passed');
}
