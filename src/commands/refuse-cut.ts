import { existsSync, readFileSync } from 'node:fs';
import { lineHash } from '../engine/journal.js';
import { headTold } from '../log/journal-head.js';
import type { FoundRun } from '../project/journals.js';
import { LOG_FORMATS, pathOf } from '../project/run-files.js';
import { EXIT, ProblemError } from '../text/problem.js';

/**
 * Refuses (exit 3) a journal that is shorter than when its log was written, or another. Where there is no ledger it alone
 * knows what was applied, and a chain does not tell that its end was cut off; a log is written from what is on disk already.
 */
export function refuseCut({ state, read, files }: FoundRun): void {
  if (state.ledger) return;
  for (const format of LOG_FORMATS) {
    const path = pathOf(files, format);
    const head = existsSync(path) ? headTold(format, readFileSync(path, 'utf8')) : null;
    const last = head === null ? undefined : read.lines[head.lines - 1];
    if (head === null || (last !== undefined && lineHash(last) === head.sha256)) continue;
    throw new ProblemError({
      code: 'journal-cut', where: files.journal,
      what: `The journal lost lines, or was changed: its log (${path}) was made from ${head.lines} lines, ${last === undefined ? `and there are ${read.lines.length}` : `and line ${head.lines} is another one now`}. The run has no ledger, so that nothing else tells what was applied.`,
      remedy: 'Restore the journal from a copy. Where there is none, look what of the guide stands, and do the rest by hand or by a guide of its own.',
    }, EXIT.refused);
  }
}
