import { join, dirname } from 'node:path';
import { statSync } from 'node:fs';
import type { Graph } from '../graph/graph.js';
import { outlineOf } from '../headless/check-outline.js';
import { renderCheck } from '../headless/check.js';
import { compilePath, findGuide, shortPath } from '../project/guides.js';
import { loadConfig } from '../project/config.js';
import { EXIT, explainProblem, ProblemError, type Problem } from '../text/problem.js';
import { sqlTextOf, textOf } from './compile.js';

/** `deploy-wizard check GUIDE…`: exit 2 when any guide has an error or is not there; the others are checked all the same. */
export async function checkCommand(guides: string[], flags: { json?: boolean }): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  let errors = 0;
  const json: unknown[] = [];
  for (const argument of guides) {
    const found = await compiled(() => findGuide(argument, loaded));
    if ('problem' in found) {
      errors += 1;
      process.stderr.write(`${explainProblem(found.problem)}\n`);
      json.push({ path: argument, problem: found.problem });
      continue;
    }
    const { path, graph } = found;
    errors += graph.diagnostics.filter((one) => one.severity === 'error').length;
    if (flags.json) {
      const expectations = graph.steps.flatMap((step) => step.expectations.map((one) => ({ step: step.id, ...one })));
      json.push({ path: shortPath(path), guide: graph.guide, diagnostics: graph.diagnostics, steps: outlineOf(graph), asides: graph.asides, expectations });
    } else {
      const base = statSync(path).isDirectory() ? path : dirname(path);
      process.stdout.write(`${renderCheck(graph, textOf(path), shortPath(path), (file) => sqlTextOf(join(base, file)))}\n`);
    }
  }
  if (flags.json) process.stdout.write(`${JSON.stringify(json.length === 1 ? json[0] : json, null, 2)}\n`);
  return errors > 0 ? EXIT.usage : EXIT.passed;
}

async function compiled(find: () => string): Promise<{ path: string; graph: Graph } | { problem: Problem }> {
  try {
    const path = find();
    return { path, graph: await compilePath(path) };
  } catch (thrown) {
    if (thrown instanceof ProblemError) return { problem: thrown.problem };
    throw thrown;
  }
}
