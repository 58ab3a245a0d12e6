import { existsSync, unwatchFile, watchFile } from 'node:fs';
import { readJournal } from '../engine/journal.js';
import { resolveConnection, safeUrl } from '../postgres/connection.js';
import { mirroredLines } from '../postgres/ledger.js';
import { Session } from '../postgres/session.js';
import { EXIT, ProblemError } from '../text/problem.js';

/** Takes all journal lines of a run as they are now; called again when there are more. */
export type TakeLines = (lines: readonly string[]) => Promise<void>;
/** Ends the following. */
export interface Following { close(): Promise<void>; /** The source is gone: a lost connection. */ lost: Promise<void> }

const LOOK_MS = 250;

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
    const look = async (): Promise<boolean> => {
      const lines = await mirroredLines(session, run);
      await take(lines.map(({ line }) => line));
      return lines.length > 0;
    };
    if (!await look()) throw new ProblemError({ code: 'run-not-found', what: `The ledger of the database does not know the run ${run}.`, where: safeUrl(spec), remedy: 'Give the whole id; a run is known there once its target has been confirmed.' }, EXIT.usage);
    let queue: Promise<unknown> = Promise.resolve();
    session.client.on('notification', (notice) => { if (notice.payload === run) queue = queue.then(look).catch(() => undefined); });
    // What was told while the first lines were read.
    queue = look().catch(() => undefined);
    return { lost: new Promise((gone) => { session.client.on('end', () => gone()); }), close: async () => { await queue; await session.close(); } };
  } catch (error) {
    await session.close();
    throw error;
  }
}
