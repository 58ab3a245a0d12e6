import { outcome, skipped } from './shared/result.js';
import type { StepHandler } from './step.js';
import { GOOD_VERDICTS } from './verdict.js';

/** A `checklist` step: a person ticks every item; an item waits for the steps under it. */
export const checklistStep: StepHandler = {
  async perform(context) {
    const { step } = context;
    const ticked = new Set(context.ticked);
    while (ticked.size < step.items.length) {
      const answer = await context.ask({ kind: 'checklist', step: step.id });
      if (answer.kind === 'skip') return skipped(context, answer.reason);
      if (answer.kind !== 'tick') continue;
      const item = step.items[answer.item];
      if (!item) continue;
      const open = item.waitsFor.filter((id) => !GOOD_VERDICTS.has(context.verdictOf(id)));
      if (answer.ticked && open.length > 0) continue;
      await context.record({ type: 'item.ticked', item: answer.item, ticked: answer.ticked, note: answer.note, by: context.operator });
      if (answer.ticked) ticked.add(answer.item);
      else ticked.delete(answer.item);
    }
    return outcome('passed');
  },
};
