import { resolve } from 'node:path';
import { logHtml } from '../log/html.js';
import { logJson } from '../log/json.js';
import { logMarkdown } from '../log/markdown.js';
import { loadConfig } from '../project/config.js';
import { compilePath } from '../project/guides.js';
import { findRun } from '../project/journals.js';
import { EXIT } from '../text/problem.js';

/** `deploy-wizard log RUN`: the filled log, made again from the journal; `--verify` checks the journal's chain. */
export async function logCommand(argument: string, flags: { format: 'md' | 'json' | 'html'; verify?: boolean; logs?: string }): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  const { read, state, files } = findRun(resolve(flags.logs ?? resolve(loaded.folder, loaded.config.logs)), argument);
  if (flags.verify) {
    if (read.fault) {
      process.stdout.write(`broken: line ${read.fault.line} of ${files.journal} ${read.fault.what}\n`);
      return EXIT.failed;
    }
    process.stdout.write(`intact: ${read.lines.length} lines, each follows the one before${read.torn ? '; a torn last line was left out' : ''}\n`);
    return EXIT.passed;
  }
  const graph = await compilePath(state.guide.path);
  const text = flags.format === 'md' ? logMarkdown(state, graph) : flags.format === 'html' ? logHtml(state, graph) : `${JSON.stringify(logJson(state, graph), null, 2)}\n`;
  process.stdout.write(text);
  return EXIT.passed;
}
