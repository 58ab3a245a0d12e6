import { fillParameters, parametersOf } from '../../graph/fill.js';
import type { Step } from '../../graph/graph.js';
import type { StepContext, StepOutcome } from '../step.js';
import { outcome } from './result.js';

/** Text of a step that is shown and not sent. */
export interface Shown { text: string; command: string }

/** Values that only a step which the dry run left out could give. */
function missing(context: StepContext, texts: readonly string[]): string[] {
  const values = context.values();
  const captured = new Set(context.graph.steps.filter((step) => context.verdictOf(step.id) === 'not evaluated').flatMap((step) => step.capture));
  return texts.flatMap((text) => parametersOf(text)).filter((name) => !(name in values) && captured.has(name));
}

/** In a dry run: asks for what a step's texts need and journals them filled in, not executed. */
export async function showOnly(context: StepContext, shown: readonly Shown[], reason: string): Promise<StepOutcome> {
  const absent = new Set(missing(context, shown.map((one) => one.text)));
  await context.needValues(shown.flatMap((one) => parametersOf(one.text)).filter((name) => !absent.has(name)));
  const results = shown.map(({ text, command }, index) => {
    const sql = parametersOf(text).some((name) => absent.has(name)) ? text : fillParameters(text, context.values()).sql;
    return {
      index, sql, command, executed: false, columns: [], types: [], rows: [], rowCount: null, truncated: false, affected: null, durationMs: 0,
      error: null, tolerated: false, notices: [], output: null, exitCode: null, locks: [], rewrites: [],
    };
  });
  if (results.length > 0) await context.record({ type: 'statements.finished', results });
  return outcome('not evaluated', { reason });
}

/** In a dry run: the first step left out so far that would have changed something; a later one may build on it. */
export function leftOutBefore(context: StepContext): Step | null {
  if (context.mode !== 'dry-run') return null;
  return context.graph.steps.find((step) => context.verdictOf(step.id) === 'not evaluated' && (step.kind === 'shell' || step.statements.some((one) => one.writes))) ?? null;
}

/** In a dry run: why a reading step cannot even be tried, because a value comes from what was left out; null when it can. */
export function cannotRead(context: StepContext): string | null {
  if (context.mode !== 'dry-run') return null;
  const [name] = missing(context, [...context.step.statements.map((one) => one.sql), ...context.step.expectations.map((one) => one.text)]);
  return name === undefined ? null : `dry run: the value ${name} would come from a step that was left out`;
}

/** In a dry run: the words for a step that did not hold after something was left out. */
export function notEvaluated(before: Step): StepOutcome {
  return outcome('not evaluated', { reason: `dry run: it did not hold, and may build on ${before.id}, which was left out` });
}
