import { existsSync, unwatchFile, watchFile } from 'node:fs';
import { readJournal } from '../engine/journal.js';
import { resolveConnection } from '../postgres/connection.js';
import { openListener } from '../postgres/target.js';

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

/** Follows the copy of a journal that the target database keeps. The first lines have been taken when it resolves. */
export async function followLedger(run: string, database: string, take: TakeLines): Promise<Following> {
  const client = await openListener(await resolveConnection({ url: database, env: process.env }));
  try {
    await client.query('LISTEN deploy_wizard_events');
    const look = async (): Promise<void> => {
      const { rows } = await client.query<{ line: string }>('SELECT line FROM deploy_wizard.events WHERE run = $1 ORDER BY seq', [run]);
      await take(rows.map((row) => row.line));
    };
    let queue = look();
    await queue;
    client.on('notification', (notice) => { if (notice.payload === run) queue = queue.then(look).catch(() => undefined); });
    return { lost: new Promise((gone) => { client.on('error', () => gone()); }), close: async () => { await queue; await client.end(); } };
  } catch (error) {
    await client.end();
    throw error;
  }
}
