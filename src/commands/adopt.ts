import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { adopt } from '../guide/adopt.js';
import { findGuide, shortPath } from '../project/guides.js';
import { loadConfig } from '../project/config.js';
import { EXIT, ProblemError } from '../text/problem.js';

/** `deploy-wizard adopt DOCUMENT -o GUIDE`. */
export async function adoptCommand(document: string, flags: { output: string }): Promise<number> {
  const path = findGuide(document, await loadConfig(process.cwd()));
  if (statSync(path).isDirectory()) throw new ProblemError({ code: 'not-a-document', what: 'A directory of migrations is no document: it compiles to a guide as it is.', where: shortPath(path), remedy: 'Give a Markdown file, or run the directory itself.' }, EXIT.usage);
  const adopted = await adopt({ path, text: readFileSync(path), output: flags.output });
  if (adopted.steps === 0) throw new ProblemError({ code: 'no-steps', what: 'Nothing in this document is a step: there is no guide to make of it.', where: shortPath(path), remedy: 'A step is a checklist, a `sql` or `sh` fence, or a form to fill in; docs/guide-language.md shows each.' }, EXIT.usage);
  refuseOutput(path, flags.output, adopted.text);
  await writeFileAtomic(flags.output, adopted.text);
  process.stderr.write(`${shortPath(flags.output)} written${adopted.todo > 0 ? `; ${adopted.todo} places are marked TODO: what could not be read there stays with the operator` : ''}\n`);
  return EXIT.passed;
}

/** A guide that someone may have reviewed by now is not written over; the document itself may be. */
function refuseOutput(document: string, output: string, text: string): void {
  const refuse = (code: string, what: string, remedy: string) => new ProblemError({ code, what, where: shortPath(output), remedy }, EXIT.usage);
  if (!existsSync(dirname(output))) throw refuse('no-folder', 'There is no such folder to write to.', `Make it first: mkdir -p ${shortPath(dirname(output))}`);
  if (!existsSync(output) || realpathSync(output) === realpathSync(document)) return;
  if (readFileSync(output, 'utf8') !== text) throw refuse('output-exists', 'This file is there already, and holds something else.', 'Give another name to -o, or move the file away.');
}
