import writeFileAtomic from 'write-file-atomic';
import { adopt } from '../guide/adopt.js';
import { findGuide, shortPath } from '../project/guides.js';
import { loadConfig } from '../project/config.js';
import { EXIT } from '../text/problem.js';
import { textOf } from './compile.js';

/** `deploy-wizard adopt DOCUMENT -o GUIDE`. */
export async function adoptCommand(document: string, flags: { output: string }): Promise<number> {
  const path = findGuide(document, await loadConfig(process.cwd()));
  const adopted = await adopt({ path, text: textOf(path), output: flags.output });
  await writeFileAtomic(flags.output, adopted.text);
  process.stderr.write(`${shortPath(flags.output)} written${adopted.todo > 0 ? `; ${adopted.todo} places are marked TODO: what could not be read there stays with the operator` : ''}\n`);
  return EXIT.passed;
}
