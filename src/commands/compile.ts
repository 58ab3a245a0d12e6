import { readFileSync, statSync } from 'node:fs';
import type { Graph } from '../graph/graph.js';
import { nodeFiles } from '../guide/files.js';
import { compilePath, findGuide, shortPath } from '../project/guides.js';
import type { LoadedConfig } from '../project/config.js';
import { EXIT, ProblemError } from '../text/problem.js';

/** Compiles a GUIDE argument for a run: errors are printed as `check` prints them and end it with exit 2. */
export async function compileForRun(argument: string, loaded: LoadedConfig): Promise<Graph> {
  const path = findGuide(argument, loaded);
  const graph = await compilePath(path);
  // A directory has no front matter to say it in.
  if (loaded.config.record !== undefined && statSync(path).isDirectory()) graph.guide.record = loaded.config.record;
  const errors = graph.diagnostics.filter((one) => one.severity === 'error');
  if (errors.length === 0) return graph;
  const { renderDiagnostics } = await import('../headless/check.js');
  process.stderr.write(`${renderDiagnostics(errors, textOf(path), shortPath(path))}\n`);
  throw new ProblemError({ code: 'guide-invalid', what: `The guide has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}; nothing was touched.`, where: shortPath(path), remedy: 'Mend them; deploy-wizard check shows them with their lines.' }, EXIT.usage);
}

/** Text of a guide file, or nothing for a directory. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Text of a SQL file, rows that stay in it left out (their lines are empty), or nothing where it cannot be read. */
export function sqlTextOf(path: string): string {
  const file = nodeFiles.read(path);
  return file === null || file === 'too large' ? '' : file.text;
}
