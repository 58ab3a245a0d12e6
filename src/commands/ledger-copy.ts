import { appendFileSync, truncateSync } from 'node:fs';
import { readJournalText, type JournalRead } from '../engine/journal.js';
import type { Target } from '../engine/ports.js';
import { openJournal, type FoundRun } from '../project/journals.js';
import { EXIT, ProblemError } from '../text/problem.js';

/** `putBack`: the ledger has less of the journal than it had; what that means. `tookOver`: the last lines are the ledger's. */
export type Agreed = FoundRun & { putBack?: string; tookOver?: boolean };

/**
 * Brings this folder's journal and the ledger's copy of it to the same end,
 * before a run is gone on with: lines that a crash kept from the ledger go
 * there, and what another machine did meanwhile is taken over. The lock must be
 * held. Throws a ProblemError (exit 3) where the two tell different stories.
 */
export async function agreeWithLedger(found: FoundRun, target: Target): Promise<Agreed> {
  const { read, files, state } = found;
  const copy = await target.mirrored(state.run);
  const own = read.lines.map((line, index) => ({ seq: index + 1, line }));
  const parted = copy.find(({ seq, line }) => own[seq - 1] !== undefined && own[seq - 1]?.line !== line);
  if (parted) {
    throw new ProblemError({
      code: 'journal-diverged', what: `The run went on elsewhere: from line ${parted.seq} on the ledger's copy of the journal is another than this one.`, where: files.journal,
      remedy: `Move this journal away, then deploy-wizard resume ${state.run} --database URL takes the ledger's copy.`,
    }, EXIT.refused);
  }
  const copied = new Set(copy.map(({ seq }) => seq));
  const missing = own.filter(({ seq }) => !copied.has(seq));
  // Of a run that is over nothing else brings its end there.
  if (missing.length > 0 && state.outcome !== null) await target.useLedger();
  if (missing.length > 0) await target.mirror(state.run, missing, true);
  const more = copy.filter(({ seq }) => seq > own.length);
  const end = copy.at(-1)?.seq ?? 0;
  const putBack = end >= state.copied ? {} : { putBack: `the ledger had this journal up to line ${state.copied}, and ends at line ${end} now: the database was put back to an earlier state (a backup, a failover), or the ledger was cut; what others wrote there meanwhile is lost as well` };
  if (more.length === 0) return { ...found, ...putBack };
  refuseBrokenCopy(readJournalText([...read.lines, ...more.map(({ line }) => line)].map((line) => `${line}\n`).join('')), state.run);
  if (read.torn) truncateSync(files.journal, read.wholeBytes);
  appendFileSync(files.journal, more.map(({ line }) => `${line}\n`).join(''));
  return { ...openJournal(files.journal), tookOver: true };
}

/** Throws a ProblemError (exit 3) where the ledger's copy of a journal is not whole: nothing may be gone on with by it, nor a journal made of it. */
export function refuseBrokenCopy({ fault }: JournalRead, run: string): void {
  if (fault === null) return;
  throw new ProblemError({ code: 'journal-broken', what: `The ledger's copy of the journal is broken at line ${fault.line}: it ${fault.what}.`, where: `run ${run}`, remedy: 'Go on from the machine whose journal is whole: resume there brings the copy up.' }, EXIT.refused);
}
