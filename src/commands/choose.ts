import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { headline, type GuideEntry } from '../project/guide-facts.js';
import { listGuides, shortPath } from '../project/guides.js';
import { loadConfig } from '../project/config.js';
import { namesDatabase } from '../postgres/named.js';
import { freshChooser } from '../screens/chooser-press.js';
import { chooserLines } from '../screens/chooser-view.js';
import { firstFrame } from '../screens/first-frame.js';
import { prepareInk } from '../terminal/capabilities.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { interactive } from './front.js';

/** `deploy-wizard` alone: choose guide, environment and mode on a screen, then walk. */
export async function chooseCommand(): Promise<number> {
  if (!interactive({})) {
    throw new ProblemError({ code: 'no-terminal', what: 'There is no terminal to choose a guide on.', remedy: 'Name it: deploy-wizard rehearse GUIDE --headless --answers FILE (deploy-wizard --help shows all commands).' }, EXIT.usage);
  }
  const loaded = await loadConfig(process.cwd());
  const paths = listGuides(loaded);
  if (paths.length === 0) throw new ProblemError({ code: 'no-guides', what: 'There are no guides here.', where: resolve(loaded.folder, loaded.config.guides), remedy: 'deploy-wizard new guide NAME makes one.' }, EXIT.usage);
  const environments = Object.entries(loaded.config.environments).map(([name, one]) => ({ name, protected: one.protected, closed: unnamed(one.database, process.env) }));
  const choices = { environments, closed: unnamed(undefined, process.env) };
  const guides = paths.map(headline);
  // Painted from the file names and first lines; the screen library and the compiler are loaded behind it.
  const clear = firstFrame(chooserLines(freshChooser, { guides, ...choices }, { columns: process.stdout.columns, rows: process.stdout.rows }), process.env);
  prepareInk();
  const { chooseGuide } = await import('../screens/chooser.js').catch((error: unknown) => { clear(); throw error; });
  const chosen = await chooseGuide(guides, choices, (read) => readGuides(paths, resolve(loaded.folder, loaded.config.logs), read));
  if (chosen === null) return EXIT.passed;
  const path = shortPath(chosen.path);
  if (chosen.mode === 'rehearse') return (await import('./rehearse.js')).rehearseCommand([path], {});
  return (await import('./run.js')).runCommand(path, chosen.environment === null ? {} : { env: chosen.environment });
}

/** Why there is no database to run on, as far as can be told before one is asked; null where one is named. */
function unnamed(database: string | undefined, env: NodeJS.ProcessEnv): string | null {
  if (database?.startsWith('env:')) return env[database.slice(4)] ? null : `${database.slice(4)} is not set`;
  return database || namesDatabase(env) ? null : 'neither DATABASE_URL nor a PG* variable is set';
}

/** Compiles the guides in a thread of its own; each is told as it is done. Gives a function that ends it. */
function readGuides(paths: readonly string[], logs: string, read: (guide: GuideEntry) => void): () => void {
  const worker = new Worker(new URL('./guide-worker.js', import.meta.url), { workerData: { paths, logs } });
  worker.on('message', read);
  // What it cannot say is said by the command that walks the guide.
  worker.on('error', () => { for (const path of paths) read({ ...headline(path), facts: { description: 'This guide could not be read ahead.', risk: null, estimateMs: null, steps: 0, problems: 0, lastRehearsal: null, reviewed: true, environments: null } }); });
  return () => { void worker.terminate(); };
}
