import { outcome, skipped } from './shared/result.js';
import type { StepHandler } from './step.js';

/** An `approval` step: as many different people as the environment asks for put their names to it. */
export const approvalStep: StepHandler = {
  async perform(context) {
    const { step } = context;
    const names = new Set(context.approvedBy);
    while (names.size < Math.max(1, context.approvals)) {
      const text = names.size === 0 ? step.prompt ?? step.title : `${step.prompt ?? step.title} (so far: ${[...names].join(', ')})`;
      const answer = await context.ask({ kind: 'approval', step: step.id, text });
      if (answer.kind === 'skip') return skipped(context, answer.reason);
      const name = answer.kind === 'approve' ? answer.name.trim() : '';
      if (name === '' || names.has(name)) continue;
      names.add(name);
      await context.record({ type: 'approval.given', name, by: context.operator });
    }
    return outcome('passed');
  },
};
