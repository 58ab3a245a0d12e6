import { existsSync, readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { readJournalText } from '../engine/journal.js';
import { fold } from '../engine/reduce.js';
import { resolveConnection } from '../postgres/connection.js';
import { openTarget } from '../postgres/target.js';
import { openJournal, type FoundRun } from '../project/journals.js';
import { runFiles } from '../project/run-files.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { refuseBrokenCopy } from './ledger-copy.js';

const QUICK = { lockMs: 5000, statementMs: 30_000, idleMs: 60_000 };

/**
 * Brings a run's journal over from the ledger of its database: to go on with
 * it on another machine, or where a crash left no line of it. Throws a
 * ProblemError (exit 2) where the ledger does not know the run.
 */
export async function fetchRun(run: string, database: string, logs: string): Promise<FoundRun> {
  const lines = await ledgerLines(run, database);
  const text = lines.map((line) => `${line}\n`).join('');
  const read = readJournalText(text);
  refuseBrokenCopy(read, run);
  const state = lines.length === 0 ? null : fold(read.events);
  if (state === null) {
    throw new ProblemError({ code: 'run-not-found', what: `Neither this folder nor the ledger of the database knows the run ${run}.`, where: logs, remedy: 'deploy-wizard runs lists the runs of this folder; give the whole id of a run of another machine.' }, EXIT.usage);
  }
  const files = runFiles(logs, { startedAt: state.startedAt, guide: state.guide.id, environment: state.environment, run: state.run });
  if (existsSync(files.journal) && readFileSync(files.journal, 'utf8').includes('\n')) {
    throw new ProblemError({ code: 'journal-in-the-way', what: 'There is a journal of this run already, and it cannot be read as one.', where: files.journal, remedy: 'Move it away; then the ledger\'s copy is taken.' }, EXIT.refused);
  }
  // Whole or not at all: a part of it would pass for the journal.
  writeFileAtomic.sync(files.journal, text, { mode: 0o600 });
  return openJournal(files.journal);
}

/** The lines of a run's journal that the ledger of a database holds. Throws a ProblemError (exit 6) where it cannot be reached. */
export async function ledgerLines(run: string, database: string): Promise<string[]> {
  const target = await openTarget(await resolveConnection({ url: database, env: process.env }), { applicationName: 'deploy-wizard', ledger: false, traceLocks: false, timeouts: QUICK });
  try {
    return (await target.mirrored(run)).map(({ line }) => line);
  } finally {
    await target.close();
  }
}
