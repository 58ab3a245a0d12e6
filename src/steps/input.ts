import { outcome, skipped } from './shared/result.js';
import type { StepHandler } from './step.js';

/** An `input` step: blanks that a person fills, each with its label and unit. */
export const inputStep: StepHandler = {
  async perform(context) {
    const { step } = context;
    let blank = false;
    for (const [index, field] of step.fields.entries()) {
      if (context.filled.has(index)) continue;
      const answer = await context.ask({ kind: 'input', step: step.id, field: index, label: field.label, unit: field.unit, suggestion: context.suggest(field.label, field.unit) });
      if (answer.kind === 'skip') return skipped(context, answer.reason);
      if (answer.kind === 'blank') blank = true;
      if (answer.kind === 'value') {
        await context.record({ type: 'field.filled', field: index, label: field.label, value: answer.value, unit: field.unit, by: context.operator });
      }
    }
    return blank ? outcome('warned', { reason: 'a field was left blank' }) : outcome('passed');
  },
};
