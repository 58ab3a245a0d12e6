import { outcome, skipped } from './shared/result.js';
import type { StepHandler } from './step.js';

/** An `operator` step: something done or read by hand; a person says whether it holds. */
export const operatorStep: StepHandler = {
  async perform(context) {
    const { step } = context;
    const answer = await context.ask({ kind: 'manual', step: step.id, text: step.prompt ?? step.title });
    if (answer.kind === 'skip') return skipped(context, answer.reason);
    if (answer.kind !== 'verdict') return outcome('not evaluated');
    if (answer.verdict === 'failed') {
      return outcome('failed', { reason: answer.reason, problem: { code: 'operator-says-no', what: answer.reason ?? 'The operator says it does not hold.', where: `step ${step.id}, line ${step.line}` } });
    }
    if (answer.verdict === 'waived') {
      await context.record({ type: 'deviation', what: 'waived', reason: answer.reason ?? 'no reason given', by: context.operator });
      return outcome('waived', { reason: answer.reason });
    }
    return outcome('passed', { reason: answer.reason });
  },
};
