import { resolve } from 'node:path';
import { lineHash } from '../engine/journal.js';
import { logJson } from '../log/json.js';
import { notification, occasionNow } from '../log/notification.js';
import { loadConfig } from '../project/config.js';
import { compilePath } from '../project/guides.js';
import { findRun } from '../project/journals.js';
import { render, type LogFormat } from '../project/run-files.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { visible } from '../text/sanitise.js';
import { signingKey, signJournal } from './sign.js';
import { verifyRun, type VerifyFlags } from './verify.js';

export interface LogFlags extends VerifyFlags { format: LogFormat; notification?: boolean; verify?: boolean; sign?: string | true; logs?: string }

/** `deploy-wizard log RUN`: the filled log, made again from the journal; `--verify` checks that nothing was changed or cut off, `--sign` adds a signature, `--notification` gives the message about the run. */
export async function logCommand(argument: string, flags: LogFlags): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  const found = findRun(resolve(flags.logs ?? resolve(loaded.folder, loaded.config.logs)), argument);
  if (flags.sign !== undefined) {
    const problem = await signJournal(found, signingKey(flags.sign, loaded));
    if (problem) throw new ProblemError(problem, EXIT.failed);
    process.stderr.write(`signed: ${found.read.lines.length} lines; the signature is in ${found.files.signature}\n`);
  }
  if (flags.verify) return verifyRun(found, flags, loaded);
  if (flags.sign !== undefined) return EXIT.passed;
  const { state, read } = found;
  const graph = await compilePath(state.guide.path);
  if (flags.notification) {
    const { text, left } = notification(occasionNow(state), state, graph);
    process.stdout.write(`${visible(text, { keepNewlines: true })}\n`);
    if (left.length > 0) process.stderr.write(`to be filled by hand: ${left.join(', ')}\n`);
    return EXIT.passed;
  }
  process.stdout.write(render(logJson(state, graph, { lines: read.lines.length, sha256: lineHash(read.lines.at(-1) ?? '') }), flags.format));
  return EXIT.passed;
}
