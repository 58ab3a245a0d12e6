import { resolve } from 'node:path';
import { logHtml } from '../log/html.js';
import { logJson } from '../log/json.js';
import { logMarkdown } from '../log/markdown.js';
import { loadConfig, type LoadedConfig } from '../project/config.js';
import { compilePath } from '../project/guides.js';
import { findRun, type FoundRun } from '../project/journals.js';
import { visible } from '../text/sanitise.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { checkSignatures, signingKey, signJournal } from './sign.js';

export interface LogFlags { format: 'md' | 'json' | 'html'; verify?: boolean; sign?: string | true; signers?: string; logs?: string }

/** `deploy-wizard log RUN`: the filled log, made again from the journal; `--verify` checks chain and signatures, `--sign` adds one. */
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
  const { state } = found;
  const graph = await compilePath(state.guide.path);
  const text = flags.format === 'md' ? logMarkdown(state, graph) : flags.format === 'html' ? logHtml(state, graph) : `${JSON.stringify(logJson(state, graph), null, 2)}\n`;
  process.stdout.write(text);
  return EXIT.passed;
}

async function verifyRun(found: FoundRun, flags: LogFlags, loaded: LoadedConfig): Promise<number> {
  const { read, files, state } = found;
  if (read.fault) {
    process.stdout.write(`broken: line ${read.fault.line} of ${files.journal} ${read.fault.what}\n`);
    return EXIT.failed;
  }
  const open = state.outcome === null ? '; it has no end: the run is not over, was killed, or lines were cut off' : '';
  process.stdout.write(`intact: ${read.lines.length} lines, each follows the one before${read.torn ? '; a torn last line was left out' : ''}${open}\n`);
  const { lines, good } = await checkSignatures(found, flags.signers, loaded);
  for (const line of lines) process.stdout.write(`${visible(line)}\n`);
  return good ? EXIT.passed : EXIT.failed;
}
