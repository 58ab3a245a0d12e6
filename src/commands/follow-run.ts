import { existsSync, unwatchFile, watchFile } from 'node:fs';
import { readJournal } from '../engine/journal.js';
import { resolveConnection, safeUrl } from '../postgres/connection.js';
import { copyEnd, mirroredLines } from '../postgres/ledger.js';
import { Session } from '../postgres/session.js';
import { EXIT, ProblemError } from '../text/problem.js';

/** Takes all journal lines of a run as they are now; called again when there are more. */
export type TakeLines = (lines: readonly string[]) => Promise<void>;
/** Ends the following. */
export interface Following { close(): Promise<void>; /** The source is gone, and how. */ lost: Promise<ProblemError> }

const LOOK_MS = 250;
/** Between two looks at a ledger that tells of nothing: whoever took it away, or ended the run, may have told nobody. */
const LEDGER_MS = 3000;

/** Follows a journal on this machine. The first lines have been taken when it resolves. */
export async function followJournal(journal: string, take: TakeLines): Promise<Following> {
  const look = async (): Promise<void> => { if (existsSync(journal)) await take(readJournal(journal).lines); };
  let queue = look();
  await queue;
  watchFile(journal, { interval: LOOK_MS }, (now, before) => { if (now.size !== before.size) queue = queue.then(look); });
  return { lost: new Promise(() => undefined), close: async () => { unwatchFile(journal); await queue; } };
}

/**
 * Follows the copy of a journal that the target database keeps, by LISTEN, and
 * writes nothing. The first lines have been taken when it resolves. Throws a
 * ProblemError where the database cannot be reached (exit 6) or does not know the run (exit 2).
 */
export async function followLedger(run: string, database: string, take: TakeLines): Promise<Following> {
  const spec = await resolveConnection({ url: database, env: process.env });
  const session = await Session.open(spec, 'deploy-wizard watch');
  try {
    await session.run('LISTEN deploy_wizard_events');
    let told = 0;
    let end: (problem: ProblemError) => void = () => undefined;
    const lost = new Promise<ProblemError>((gone) => { end = gone; });
    const ends = (code: string, what: string, exit: number): void => end(new ProblemError({ code, what, where: safeUrl(spec), remedy: `The run itself may well go on: look there, or deploy-wizard watch ${run} again.` }, exit));
    const look = async (): Promise<void> => {
      const lines = await mirroredLines(session, run);
      if (lines.length < told) return ends('ledger-gone', `The ledger has less of the run ${run} than it had: it was taken away, or put back to an earlier state.`, EXIT.refused);
      told = lines.length;
      if (told > 0) await take(lines.map(({ line }) => line));
    };
    await look();
    if (told === 0) throw new ProblemError({ code: 'run-not-found', what: `The ledger of the database does not know the run ${run}.`, where: safeUrl(spec), remedy: 'Give the whole id; a run is known there once its target has been confirmed.' }, EXIT.usage);
    // What was told while the first lines were read.
    let queue = look().catch(() => undefined);
    const next = (): void => { queue = queue.then(look).catch(() => undefined); };
    session.client.on('notification', (notice) => { if (notice.payload === run) next(); });
    session.client.on('end', () => ends('connection-lost', 'The connection was lost.', EXIT.noConnection));
    const timer = setInterval(() => { queue = queue.then(async () => { if (await copyEnd(session, run).catch(() => 0) !== told) await look(); }).catch(() => undefined); }, LEDGER_MS);
    return { lost, close: async () => { clearInterval(timer); await queue; await session.close(); } };
  } catch (error) {
    await session.close();
    throw error;
  }
}
