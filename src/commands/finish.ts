import type { RunState } from '../engine/state.js';
import { followUps } from '../log/follow-ups.js';
import { summaryText } from '../log/summary.js';
import { openJournal } from '../project/journals.js';
import { noteRun } from '../project/run-index.js';
import type { RunFiles } from '../project/run-files.js';
import { shortPath } from '../project/guides.js';
import { withoutPasswords } from '../text/hide-password.js';
import { visible } from '../text/sanitise.js';
import { messageOf } from '../text/problem.js';
import { typeable } from '../text/program-name.js';
import type { LoadedConfig } from '../project/config.js';
import type { Conduct } from './conduct.js';
import { signingKey, signJournal } from './sign.js';

/** Flags that tell a later command where the run is. */
function again({ logs, database }: { logs?: string; database?: string }): string {
  const quoted = (text: string): string => (/^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const [shown = ''] = withoutPasswords([database ?? '']) ?? [database ?? ''];
  return `${logs === undefined ? '' : ` --logs ${quoted(logs)}`}${database === undefined ? '' : ` --database ${quoted(shown)}`}`;
}

/** After the walk: screen down, run listed, summary on the normal screen. Gives the exit code. */
export async function finish(state: RunState, conduct: Conduct, files: RunFiles, flags: { logs?: string; database?: string; behind?: string | null } = {}): Promise<number> {
  await conduct.frontEnd.close();
  const lost = await conduct.notifier?.settled() ?? [];
  for (const text of lost) process.stderr.write(`${text}\n`);
  noteRun(conduct.logs, state, files, followUps(state, conduct.graph));
  const { config } = conduct.loaded;
  if (config.sign.atEnd && conduct.mode === 'run') await signAtEnd(files, conduct.loaded);
  process.stderr.write(`\n${typeable(summaryText(state, conduct.graph, { log: shortPath(files.markdown), flags: again(flags) }))}\n`);
  if (flags.behind != null) process.stderr.write(`\n! ${visible(flags.behind)}. deploy-wizard resume brings it up, or says that it cannot.\n`);
  return state.exitCode ?? 1;
}

/** A run that cannot be signed is still over: what is missing is said, and `log RUN --sign` makes up for it. */
async function signAtEnd(files: RunFiles, loaded: LoadedConfig): Promise<void> {
  try {
    const problem = await signJournal(openJournal(files.journal), signingKey(undefined, loaded));
    process.stderr.write(problem ? `The log is not signed: ${problem.what}\n` : `signed: ${shortPath(files.signature)}\n`);
  } catch (error) {
    process.stderr.write(`The log is not signed: ${messageOf(error)}\n`);
  }
}
