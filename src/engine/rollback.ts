import type { Verdict } from '../steps/fact.js';
import type { Step } from '../graph/graph.js';
import { GOOD_VERDICTS } from '../steps/verdict.js';
import { decideUnknown, failureMenu } from './forward.js';
import { forwardSteps, leftOut } from './plan.js';
import { planRollback, rollbackQuestion } from './rollback-plan.js';
import { stepState, type StepState } from './state.js';
import { Leave, type Walker } from './walker.js';

export interface RollbackOptions {
  /** Pass whose steps are undone. */
  of: string;
  /** Pass that the rollback steps run in. */
  pass: string;
  reason: string;
  /** Ask before the first statement. */
  confirm: boolean;
  /** Go on past failed rollback steps. */
  pastFailures: boolean;
}

/**
 * Undoes what a pass applied, newest first, each part with its own
 * expectations, then the section's verification. Honest about the rest:
 * `complete` only when every applied writing step was undone and verified.
 */
export async function rollBack(walker: Walker, options: RollbackOptions): Promise<{ complete: boolean; ran: boolean; notUndone: string[] }> {
  const { graph, recorder } = walker.options;
  if (!options.pastFailures) await decideDoubts(walker, options.of);
  const plan = planRollback(graph, recorder.state, options.of);
  const by = recorder.state.operator;
  if (options.confirm) {
    const answer = await walker.ask(null, rollbackQuestion(graph, plan, { text: options.reason }));
    if (answer.kind !== 'go') throw new Leave('paused', 'the rollback was not confirmed');
  }
  await recorder.record({ type: 'rollback.started', reason: options.reason, by, plan: plan.steps.map(({ step }) => step.id), uncovered: plan.uncovered });
  const undone: string[] = [];
  const notUndone = [...plan.uncovered, ...plan.noReturn.filter((id) => !plan.uncovered.includes(id))];
  const pending = new Map<string, number>();
  for (const { reverts } of plan.steps) for (const id of reverts) pending.set(id, (pending.get(id) ?? 0) + 1);
  let good = true;
  for (const { step, reverts } of [...plan.steps, ...plan.checks.map((one) => ({ step: one, reverts: [] as string[] }))]) {
    const left = leftOut(step, walker.options.mode);
    if (left !== null) {
      await walker.settle(options.pass, step, 'skipped', left);
      // In a rehearsal the proof shows what stays; in earnest nothing else would tell.
      if (walker.options.mode === 'run' && undoes(step)) notUndone.push(...reverts.filter((id) => !notUndone.includes(id)));
      continue;
    }
    const done = isDone(step, stepState(recorder.state, options.pass, step.id).verdict) || await performUntilSettled(walker, options, step.id);
    if (!done) { good = false; notUndone.push(...reverts.filter((id) => !notUndone.includes(id))); continue; }
    for (const id of reverts) {
      pending.set(id, (pending.get(id) ?? 1) - 1);
      if (pending.get(id) === 0 && !notUndone.includes(id)) undone.push(id);
    }
  }
  const complete = good && notUndone.length === 0;
  await recorder.record({ type: 'rollback.finished', complete, undone, notUndone });
  return { complete, ran: plan.steps.length > 0, notUndone };
}

/** What nobody knows to have taken is not undone unseen: where it did not, its undoing could be the damage. */
async function decideDoubts(walker: Walker, pass: string): Promise<void> {
  const { graph, recorder } = walker.options;
  for (const step of forwardSteps(graph)) {
    while (stepState(recorder.state, pass, step.id).verdict === 'unknown') await decideUnknown(walker, pass, step, { back: true });
  }
}

const undoes = (step: Step): boolean => step.kind === 'shell' || step.statements.some((one) => one.writes);

/** Whether a step of the way back did what it is for: one that was left out has undone nothing. */
function isDone(step: Step, verdict: Verdict): boolean {
  return GOOD_VERDICTS.has(verdict) && !(verdict === 'skipped' && undoes(step));
}

async function performUntilSettled(walker: Walker, options: RollbackOptions, id: string): Promise<boolean> {
  const { graph } = walker.options;
  const step = graph.steps.find((one) => one.id === id);
  if (!step) return false;
  for (;;) {
    const known = (): StepState => stepState(walker.options.recorder.state, options.pass, id);
    const verdict = (): Verdict => known().verdict;
    // What was left out while it was in doubt still is.
    const doubtful = verdict() === 'unknown' || (verdict() === 'skipped' && known().problem?.code === 'in-doubt');
    if (doubtful && !options.pastFailures && await decideUnknown(walker, options.pass, step)) return isDone(step, verdict());
    const outcome = await walker.perform(options.pass, step);
    if (outcome.verdict !== 'failed' && outcome.verdict !== 'unknown') return isDone(step, outcome.verdict);
    if (options.pastFailures) return false;
    const choices = failureMenu(step, outcome, { undoable: 0, noRollback: 'a rollback is running', mode: walker.options.mode });
    const answer = await walker.ask(step.id, { kind: 'failure', step: step.id, text: outcome.problem?.what ?? 'The rollback step failed.', remedies: outcome.problem?.remedy ? [outcome.problem.remedy] : [], choices });
    if (answer.kind !== 'failure') continue;
    if (answer.choice === 'pause') throw new Leave('paused', 'paused in the rollback');
    if (answer.choice === 'abort') throw new Leave('aborted', `the rollback stopped at ${step.id}`);
    if (answer.choice === 'skip' || answer.choice === 'tolerate') {
      await walker.options.recorder.record({ type: 'deviation', pass: options.pass, step: step.id, attempt: 0, what: answer.choice === 'skip' ? 'skipped' : 'tolerated', reason: answer.reason ?? 'no reason given', by: walker.options.recorder.state.operator });
      // Whichever it is called: what failed is not proved to be undone.
      return false;
    }
  }
}
