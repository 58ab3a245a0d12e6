import { resolve } from 'node:path';
import { compilePath, listGuides, shortPath } from '../project/guides.js';
import { loadConfig } from '../project/config.js';
import { listRuns } from '../project/run-index.js';
import { settleColour } from '../terminal/capabilities.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { interactive } from './front.js';
import { rehearseCommand } from './rehearse.js';
import { runCommand } from './run.js';

/** `deploy-wizard` alone: choose guide, environment and mode on a screen, then walk. */
export async function chooseCommand(): Promise<number> {
  if (!interactive({})) {
    throw new ProblemError({ code: 'no-terminal', what: 'There is no terminal to choose a guide on.', remedy: 'Name it: deploy-wizard rehearse GUIDE --headless --answers FILE (deploy-wizard --help shows all commands).' }, EXIT.usage);
  }
  const loaded = await loadConfig(process.cwd());
  const paths = listGuides(loaded);
  if (paths.length === 0) throw new ProblemError({ code: 'no-guides', what: 'There are no guides here.', where: resolve(loaded.folder, loaded.config.guides), remedy: 'deploy-wizard new guide NAME makes one.' }, EXIT.usage);
  const runs = listRuns(resolve(loaded.folder, loaded.config.logs));
  const guides = await Promise.all(paths.map(async (path) => {
    const graph = await compilePath(path);
    const last = runs.findLast((run) => run.guide === graph.guide.id && run.mode === 'rehearsal');
    return {
      id: graph.guide.id, title: graph.guide.title, path, description: graph.guide.description, risk: graph.guide.risk, estimateMs: graph.guide.estimateMs, steps: graph.steps.length,
      problems: graph.diagnostics.filter((one) => one.severity === 'error').length, lastRehearsal: last ? { at: last.startedAt, outcome: last.outcome ?? 'unfinished' } : null,
    };
  }));
  settleColour(process.env);
  const { chooseGuide } = await import('../screens/chooser.js');
  const environments = Object.entries(loaded.config.environments).map(([name, one]) => ({ name, protected: one.protected }));
  const chosen = await chooseGuide(guides, environments);
  if (chosen === null) return EXIT.passed;
  const path = shortPath(guides.find((one) => one.id === chosen.guide)?.path ?? chosen.guide);
  return chosen.mode === 'rehearse' ? rehearseCommand([path], {}) : runCommand(path, chosen.environment === null ? {} : { env: chosen.environment });
}
