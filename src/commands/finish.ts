import type { RunState } from '../engine/state.js';
import { summaryText } from '../log/summary.js';
import { noteRun } from '../project/run-index.js';
import type { RunFiles } from '../project/run-files.js';
import { shortPath } from '../project/guides.js';
import type { Conduct } from './conduct.js';

/** After the walk: screen down, run listed, summary on the normal screen. Gives the exit code. */
export async function finish(state: RunState, conduct: Conduct, files: RunFiles): Promise<number> {
  await conduct.frontEnd.close();
  await conduct.notifier?.settled();
  noteRun(conduct.logs, state, files);
  process.stderr.write(`\n${summaryText(state, conduct.graph, { log: shortPath(files.markdown) })}\n`);
  return state.exitCode ?? 1;
}
