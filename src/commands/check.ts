import { renderCheck } from '../headless/check.js';
import { compilePath, findGuide, shortPath } from '../project/guides.js';
import { loadConfig } from '../project/config.js';
import { EXIT } from '../text/problem.js';
import { textOf } from './compile.js';

/** `deploy-wizard check GUIDE…`: exit 2 when any guide has an error. */
export async function checkCommand(guides: string[], flags: { json?: boolean }): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  let errors = 0;
  const json: unknown[] = [];
  for (const argument of guides) {
    const path = findGuide(argument, loaded);
    const graph = await compilePath(path);
    errors += graph.diagnostics.filter((one) => one.severity === 'error').length;
    if (flags.json) {
      const expectations = graph.steps.flatMap((step) => step.expectations.map((one) => ({ step: step.id, ...one })));
      json.push({ path: shortPath(path), guide: graph.guide, diagnostics: graph.diagnostics, expectations });
    } else {
      process.stdout.write(`${renderCheck(graph, textOf(path), shortPath(path))}\n`);
    }
  }
  if (flags.json) process.stdout.write(`${JSON.stringify(json.length === 1 ? json[0] : json, null, 2)}\n`);
  return errors > 0 ? EXIT.usage : EXIT.passed;
}
