import type { Step } from '../graph/graph.js';
import type { Answer, Question } from '../steps/question.js';
import { failureChoices } from '../steps/question.js';
import type { StepOutcome } from '../steps/step.js';
import { decided } from './doubt.js';
import { forwardSteps, hasApplied, nextForward, standsWhole } from './plan.js';
import { alone } from '../steps/sql.js';
import { planRollback } from './rollback-plan.js';
import type { Mode } from './event.js';
import { doneStatements, stepState } from './state.js';
import { settledValues, valuesOf } from './values.js';
import { Leave, whyBack, type Walker } from './walker.js';

export interface ForwardOptions {
  pass: string;
  /** Go on past failures without asking (rehearsals without a person). */
  pastFailures: boolean;
  /** Only machines: what people do was done in the first pass. */
  machinesOnly?: boolean;
  /** Stop before this many writing steps were applied: partial rollbacks. */
  stopAfter?: string;
  /** Follow-ups that have fallen due, by step. */
  due?: ReadonlySet<string>;
  /** Called between steps: the place to look at the clock. */
  beforeStep?(): Promise<void>;
}

/** Walks the way forward until it is done. Throws {@link Leave} when it ends before. Gives whether a step failed. */
export async function walkForward(walker: Walker, options: ForwardOptions): Promise<{ failed: boolean }> {
  const { graph, recorder, values, mode } = walker.options;
  const { pass } = options;
  /** The step whose failure was answered with another try. */
  let again: string | null = null;
  for (;;) {
    walker.checkStop();
    const next = nextForward(graph, recorder.state, pass, { pastFailures: options.pastFailures, mode, values: values.all(), ...(options.due ? { due: options.due } : {}) });
    if (next.kind === 'done') break;
    if (next.kind === 'settle') { await walker.settle(pass, next.step, next.verdict, next.reason); continue; }
    if (next.kind === 'choice') {
      const answer = await walker.ask(null, { kind: 'choice', group: next.group, text: next.text, options: next.options });
      if (answer.kind === 'option' && next.options.some((one) => one.option === answer.option)) {
        await recorder.record({ type: 'choice.made', group: next.group, option: answer.option, by: recorder.state.operator });
      }
      continue;
    }
    if (next.kind === 'value') { await walker.need(next.step, next.name); continue; }
    if (options.machinesOnly && next.step.kind !== 'sql') { await walker.settle(pass, next.step, 'skipped', 'done in the first pass'); continue; }
    if (stepState(recorder.state, pass, next.step.id).verdict === 'unknown' && await decideUnknown(walker, pass, next.step)) continue;
    await options.beforeStep?.();
    const known = stepState(recorder.state, pass, next.step.id);
    const left = again !== next.step.id && known.verdict === 'failed' && standsWhole(next.step, known);
    // A run that was left at this failure: nothing of it may run again, and a person has yet to say how it goes on.
    const outcome: StepOutcome = left ? { verdict: 'failed', applied: true, reason: known.reason, problem: known.problem } : await walker.perform(pass, next.step);
    again = next.step.id;
    if (outcome.verdict === 'unknown') throw new Leave('aborted', `${next.step.id} is in doubt${mode === 'run' ? ': run deploy-wizard resume' : ''}`);
    if (outcome.verdict === 'failed') await afterFailure(walker, options, next.step, outcome);
    if (next.step.id === options.stopAfter) break;
  }
  const failed = forwardSteps(graph).some((step) => ['failed', 'unknown'].includes(stepState(recorder.state, pass, step.id).verdict));
  return { failed };
}

async function afterFailure(walker: Walker, options: ForwardOptions, step: Step, outcome: StepOutcome): Promise<void> {
  if (options.pastFailures || step.onFail === 'continue') return;
  if (step.onFail === 'rollback') throw new Leave('rollback', `${step.id} failed, and the guide says to roll back`);
  if (step.onFail !== 'stop') return jump(walker, options.pass, step, step.onFail);
  const text = outcome.problem?.what ?? outcome.reason ?? 'The step failed.';
  const remedies = [...step.expectations.flatMap((one) => one.remedy ?? []), ...(outcome.problem?.remedy ? [outcome.problem.remedy] : [])];
  const answer = await walker.ask(step.id, { kind: 'failure', step: step.id, text, remedies, choices: failureMenu(step, outcome, menuOf(walker, options.pass)) });
  if (answer.kind !== 'failure') return;
  if (answer.choice === 'retry' && outcome.problem?.code === 'index-invalid') walker.repair(step.id);
  await follow(walker, options.pass, step, outcome, answer);
}

interface Menu { /** How many rollback steps would run. */ undoable: number; /** Why none would, whatever was applied. */ noRollback: string | null; mode: Mode }

function menuOf({ options: { graph, recorder, mode } }: Walker, pass: string): Menu {
  return { undoable: planRollback(graph, recorder.state, pass).steps.length, noRollback: pass === 'forward' ? null : 'the rollback was tried already; this is the way forward for the second time', mode };
}

/** What can be done about a failed step; refused choices say why. Only a run can be gone on with: a rehearsal's database goes with it. */
export function failureMenu(step: Step, outcome: StepOutcome, { undoable, noRollback, mode }: Menu): Extract<Question, { kind: 'failure' }>['choices'] {
  const writes = step.statements.some((statement) => statement.writes);
  const judgedOnly = outcome.problem?.code === 'expectation-failed' || outcome.problem?.code === 'threshold-crossed';
  const stands = outcome.applied && writes && (!alone(step) || judgedOnly);
  const entries: Record<(typeof failureChoices)[number], [does: string, refused: string | null]> = {
    retry: outcome.problem?.code === 'index-invalid' ? ['Drop the invalid index that the failed build left, and build it again.', null]
      : stands ? ['Run the step again, whole.', 'it was applied: running it again could apply it twice']
      : alone(step) ? ['Go on at the statement that failed.', null] : ['Run the step again, whole.', null],
    recheck: stands ? ['After you mended the cause: answer again what you were asked. Nothing is run.', null]
      : ['After you mended the cause elsewhere: run its queries and judge them again.', writes ? 'the step writes; use retry' : null],
    tolerate: ['Accept the result as it is; your reason goes into the log.', !judgedOnly ? 'a statement failed: there is no result to accept' : writes && !outcome.applied ? 'the step was rolled back: nothing was applied that could be accepted' : null],
    skip: ['Leave the step out; your reason goes into the log.', step.noSkip ? 'the guide says that this step must not be skipped' : null],
    rollback: [`${mode === 'rehearsal' ? 'Try the way back from here' : 'Undo what was applied'} (${undoable} rollback ${undoable === 1 ? 'step' : 'steps'}), ${mode === 'rehearsal' ? 'and its proof; that ends the rehearsal' : 'newest first'}.`, noRollback ?? (undoable === 0 ? 'nothing was applied that the guide can undo' : null)],
    pause: [mode === 'run' ? 'Leave the run as it is; go on later with deploy-wizard resume.' : `End the ${mode === 'rehearsal' ? 'rehearsal here, unfinished; its database is dropped' : 'dry run here'}.`, null],
    abort: [mode === 'rehearsal' ? 'End the rehearsal here, as failed; its database is dropped.' : 'End the run as failed; nothing is undone.', null],
  };
  return failureChoices.map((choice) => ({ choice, does: entries[choice][0], refused: entries[choice][1] }));
}

async function follow(walker: Walker, pass: string, step: Step, outcome: StepOutcome, answer: Extract<Answer, { kind: 'failure' }>): Promise<void> {
  const { recorder } = walker.options;
  const by = recorder.state.operator;
  const reason = answer.reason ?? 'no reason given';
  const attempt = stepState(recorder.state, pass, step.id).attempts;
  const settle = async (verdict: 'waived' | 'skipped', what: string): Promise<void> => {
    await recorder.record({ type: 'deviation', pass, step: step.id, attempt, what, reason, by });
    await recorder.record({ type: 'step.finished', pass, step: step.id, attempt, verdict, applied: outcome.applied, durationMs: stepState(recorder.state, pass, step.id).durationMs ?? 0, reason, problem: outcome.problem });
  };
  switch (answer.choice) {
    case 'retry': return reconsider(walker, step);
    case 'recheck': return;
    case 'tolerate': return settle('waived', 'tolerated');
    case 'skip': return settle('skipped', 'skipped');
    case 'rollback': throw new Leave('rollback', whyBack(step, outcome.problem?.what ?? outcome.reason));
    case 'pause': throw new Leave('paused', 'paused at a failure');
    case 'abort': throw new Leave('aborted', whyBack(step, outcome.problem?.what ?? outcome.reason));
  }
}

/** Before a retry: what a person typed for the step is asked again, unless something was applied with it. */
function reconsider({ options: { graph, recorder: { state }, values } }: Walker, step: Step): void {
  const settled = settledValues(graph, state);
  values.reconsider(valuesOf(step).filter((name) => state.parameters[name]?.origin === 'asked' && !settled.has(name)));
}

/** `on-fail` names a step: those between are not reached. */
async function jump(walker: Walker, pass: string, from: Step, to: string): Promise<void> {
  const steps = forwardSteps(walker.options.graph);
  const [start, end] = [steps.findIndex((one) => one.id === from.id), steps.findIndex((one) => one.id === to)];
  await walker.settle(pass, from, 'waived', `failed; the guide goes on at ${to}`);
  for (const step of steps.slice(start + 1, Math.max(start + 1, end))) {
    if (stepState(walker.options.recorder.state, pass, step.id).verdict === 'pending') await walker.settle(pass, step, 'not reached', `${from.id} failed; the guide goes on at ${to}`);
  }
}

/**
 * A step in doubt that neither ledger nor probe could decide: a person does. True when the step is settled.
 * `back`: it is about to be undone, and only whether it took is asked.
 */
export async function decideUnknown(walker: Walker, pass: string, step: Step, { back = false } = {}): Promise<boolean> {
  const { recorder } = walker.options;
  const { reason, problem } = stepState(recorder.state, pass, step.id);
  const doubt = reason ?? problem?.what ?? 'its outcome is not known';
  const outcome: StepOutcome = { verdict: 'unknown', applied: true, reason: doubt, problem: { code: 'in-doubt', what: doubt } };
  const does: Partial<Record<(typeof failureChoices)[number], string>> = {
    retry: `You looked: it did NOT take. ${back ? 'There is nothing of it to undo.' : 'Run it again.'}`,
    tolerate: `You looked: it DID take. ${back ? 'It is undone with the rest' : 'Count it as applied'}; your reason goes into the log.`,
  };
  const refused = back ? 'say first whether it took: what did not must not be undone' : null;
  const choices = failureMenu(step, outcome, menuOf(walker, pass)).map((one) => {
    const decides = one.choice === 'retry' || one.choice === 'tolerate';
    const leaves = one.choice === 'pause' || one.choice === 'abort';
    return { ...one, does: does[one.choice] ?? one.does, refused: decides ? null : leaves ? one.refused : refused ?? one.refused };
  });
  const answer = await walker.ask(step.id, { kind: 'failure', step: step.id, text: doubt, remedies: [step.kind === 'shell' ? 'Look at what the command leaves behind: is its work done?' : 'Look at the database: did the statement take effect?'], choices });
  if (answer.kind !== 'failure') return false;
  const known = stepState(recorder.state, pass, step.id);
  const { attempts: attempt } = known;
  const open = alone(step) ? doneStatements(known) : step.statements.length;
  if (answer.choice === 'tolerate' && open + 1 < step.statements.length) {
    await recorder.record({ type: 'deviation', pass, step: step.id, attempt, what: 'tolerated', reason: answer.reason ?? 'no reason given', by: recorder.state.operator });
    // The doubt is of one statement; those after it have never been sent.
    const later = step.statements.findIndex((one, index) => index > open && one.writes);
    // Where lines of the attempt are missing, those after it may have been sent as well: each is asked for.
    const next = known.gaps && !back && later > 0 ? later : null;
    for (let at = open; at < (next ?? open + 1); at += 1) await recorder.record({ type: 'statement.finished', pass, step: step.id, attempt, result: decided(step, at, `${recorder.state.operator}, who looked`) });
    if (next !== null) {
      await recorder.record({ type: 'step.finished', pass, step: step.id, attempt, verdict: 'unknown', applied: true, durationMs: 0, reason: `statement ${next + 1}: it may have run too; what is known here of this attempt has gaps`, problem: null });
      return decideUnknown(walker, pass, step, { back });
    }
    await recorder.record({ type: 'step.finished', pass, step: step.id, attempt, verdict: 'pending', applied: true, durationMs: 0, reason: 'the operator says that it took', problem: null });
    return false;
  }
  if (answer.choice === 'retry') {
    // Like every decision that a person takes in the machine's place, it stands in the log.
    await recorder.record({ type: 'deviation', pass, step: step.id, attempt, what: back ? 'not undone' : 'run again', reason: `the operator says that it did not take${answer.reason ? `: ${answer.reason}` : ''}`, by: recorder.state.operator });
    await recorder.record({ type: 'step.finished', pass, step: step.id, attempt, verdict: 'pending', applied: open < step.statements.length && hasApplied(step, { ...known, applied: false }), durationMs: 0, reason: 'the operator says that it did not take', problem: null });
    return false;
  }
  await follow(walker, pass, step, outcome, answer);
  return true;
}
