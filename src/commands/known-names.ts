import type { Graph } from '../graph/graph.js';
import { readAnswers } from '../headless/answers.js';
import { parametersOfExpectations } from '../steps/shared/judge.js';
import { nearest } from '../text/nearest.js';
import { EXIT, ProblemError } from '../text/problem.js';
import type { RunFlags } from './flags.js';
import { parseParams } from './params.js';

/**
 * Refuses a `--param` that no guide knows, and an answer for a step that no
 * guide has: a misspelt one would be left out in silence. Throws a
 * ProblemError (exit 2) with the nearest known name.
 */
export async function refuseUnknownNames(graphs: readonly Graph[], flags: RunFlags): Promise<void> {
  const steps = graphs.flatMap((graph) => graph.steps);
  const parameters = [
    ...graphs.flatMap((graph) => graph.parameters.map((one) => one.name)),
    ...steps.flatMap((step) => [...step.statements.flatMap((one) => one.parameters), ...parametersOfExpectations(step), ...step.capture]),
  ];
  for (const name of Object.keys(parseParams(flags.param))) known('parameter', name, parameters, '--param');
  if (!flags.answers) return;
  const answers = await readAnswers(flags.answers);
  const ids = steps.map((step) => step.id);
  for (const part of ['items', 'fields', 'approvals', 'operator', 'shell', 'skip', 'notes'] as const) {
    for (const id of Object.keys(answers[part])) known('step', id, ids, `${flags.answers}: ${part}`);
  }
  for (const name of Object.keys(answers.parameters)) known('parameter', name, parameters, `${flags.answers}: parameters`);
}

function known(what: 'parameter' | 'step', name: string, names: readonly string[], where: string): void {
  if (names.includes(name)) return;
  const close = nearest(name, names);
  throw new ProblemError({
    code: `${what}-unknown`, what: `There is no ${what} ${name} in the guide.`, where,
    remedy: close ? `Did you mean ${close}?` : names.length > 0 ? `Known: ${[...new Set(names)].slice(0, 20).join(', ')}.` : `The guide has no ${what}s.`,
  }, EXIT.usage);
}
