import type { Cell, Measured, Resolved } from '../../assertions/assertion.js';
import { deferredOf } from '../../assertions/deferred.js';
import { evaluate } from '../../assertions/evaluate.js';
import { fillParameters, parametersOf } from '../../graph/fill.js';
import type { Expectation, Step } from '../../graph/graph.js';
import { leftOutBefore } from './dry-run.js';
import type { Question } from '../question.js';
import type { Query, StepContext } from '../step.js';

/** What became of a step's expectations. */
export interface Judged {
  failed: string[];
  /** Indexes of the expectations that a person has to decide, with what was measured. */
  asked: { index: number; text: string; actual: string; computed?: 'passed' | 'failed' }[];
}

/** The result an expectation is about: its statement's, else the last one that returned rows, else the last. */
export function measuredFor(expectation: Expectation, measured: ReadonlyMap<number, Measured>): Measured | null {
  if (expectation.statement !== null) return measured.get(expectation.statement) ?? null;
  const all = [...measured.values()];
  return all.findLast((one) => one.rowCount !== null) ?? all.at(-1) ?? null;
}

/**
 * Judges every expectation of a step against what was measured and records
 * the verdicts. `query` answers right-hand sides that are queries; null: the step failed, and nothing is asked any more.
 */
export async function judge(context: StepContext, measured: ReadonlyMap<number, Measured>, query: Query | null): Promise<Judged> {
  const judged: Judged = { failed: [], asked: [] };
  const before = leftOutBefore(context);
  for (const [index, expectation] of context.step.expectations.entries()) {
    const subject = measuredFor(expectation, measured);
    if (subject === null && (expectation.statement ?? context.step.statements.length - 1) < context.resumeFrom) {
      judgedBefore(context, index, saidOf(expectation), judged);
      continue;
    }
    if (subject === null || (query === null && expectation.assertion.type !== 'operator' && neededBy(expectation).queries.length > 0)) {
      const actual = subject === null ? 'the statement did not run' : 'the step failed before it could be compared';
      await context.record({ type: 'expectation.judged', index, verdict: 'not evaluated', expected: expectation.text, actual, note: null, by: null });
      continue;
    }
    const resolved = await resolve(expectation, context.values(), query);
    const judgement = evaluate(expectation.assertion, subject, resolved, expectation.alternative);
    const { expected, actual } = judgement;
    const open = before !== null && judgement.verdict !== 'passed';
    await context.record({ type: 'expectation.judged', index, verdict: open ? 'not evaluated' : judgement.verdict, expected, actual, note: open ? `${before.id} was left out` : judgement.note, by: null });
    if (judgement.verdict === 'failed') judged.failed.push(`${expectation.text === expected ? '' : `${expectation.text}: `}expected ${expected}, got ${actual}`);
    if (judgement.verdict === 'asked' && !open) judged.asked.push({ index, text: saidOf(expectation), actual, ...(judgement.computed ? { computed: judgement.computed } : {}) });
  }
  return judged;
}

/** What a person is asked: of prose that is judged in part, the rest of it. */
function saidOf({ text, assertion, source }: Expectation): string {
  const own = assertion.type === 'operator' && source !== 'explicit' ? assertion.text.replace(/\*\*|__/g, '').trim() : '';
  return own === '' || own.length >= text.length ? text : own;
}

/** Of a statement that ran before the step was cut off or failed further on: what it gave is judged, or gone. Where all ran, a person is asked again. */
function judgedBefore({ judged: known, resumeFrom, step }: StepContext, index: number, text: string, judged: Judged): void {
  const { verdict = 'not evaluated', actual = '' } = known.get(index) ?? {};
  if (verdict === 'passed' || verdict === 'waived') return;
  if (verdict === 'failed' && resumeFrom < step.statements.length) judged.failed.push(`${text}: ${actual}`);
  else judged.asked.push({ index, text, actual: verdict === 'not evaluated' ? 'what was measured is not known here' : actual });
}

/** Names of the parameters that the right-hand sides of a step's expectations need before it runs: named there, or in their queries. What the step captures itself comes to be known in time. */
export function parametersOfExpectations(step: Step): string[] {
  const names = step.expectations.flatMap((one) => {
    const { parameters, queries } = neededBy(one);
    return [...parameters, ...queries.flatMap((sql) => parametersOf(sql))];
  });
  return [...new Set(names)].filter((name) => !step.capture.includes(name));
}

function neededBy({ assertion, alternative }: Expectation): { parameters: string[]; queries: string[] } {
  const all = [deferredOf(assertion), ...(alternative ? [deferredOf(alternative)] : [])];
  return { parameters: all.flatMap((one) => one.parameters), queries: [...new Set(all.flatMap((one) => one.queries))] };
}

/** Values go into the queries as data; each result is kept under the query's text in the guide. */
async function resolve(expectation: Expectation, values: Readonly<Record<string, string | null>>, query: Query | null): Promise<Resolved> {
  const queries: Record<string, Cell> = {};
  const refused: Record<string, string> = {};
  for (const sql of neededBy(expectation).queries) {
    const answer = query === null ? { refused: 'the step failed before' } : await query(fillParameters(sql, values).sql);
    if ('value' in answer) queries[sql] = answer.value;
    else refused[sql] = answer.refused;
  }
  return { parameters: values, queries, refused };
}

/** Asks a person for each open verdict; gives the failed texts and whether any was waived. */
export async function askVerdicts(context: StepContext, judged: Judged): Promise<{ failed: string[]; waived: boolean }> {
  const failed = [...judged.failed];
  let waived = false;
  for (const { index, text, actual, computed } of judged.asked) {
    const question: Question = { kind: 'verdict', step: context.step.id, expectation: index, text, actual, ...(computed ? { computed } : {}) };
    const answer = await context.ask(question);
    if (answer.kind !== 'verdict') continue;
    await context.record({ type: 'expectation.judged', index, verdict: answer.verdict, expected: text, actual, note: answer.reason, by: context.operator });
    if (answer.verdict === 'failed') failed.push(`${text}: ${computed === 'failed' ? 'it does not hold' : 'the operator says it does not hold'} (${actual})`);
    if (answer.verdict === 'waived') {
      waived = true;
      await context.record({ type: 'deviation', what: 'waived', reason: `${text}: ${answer.reason ?? 'no reason given'}`, by: context.operator });
    }
  }
  return { failed, waived };
}
