import { resolveConnection } from '../postgres/connection.js';
import { Session } from '../postgres/session.js';
import { takeSnapshot, type Snapshot, type SnapshotOptions } from './snapshot/snapshot.js';

/**
 * Takes a snapshot over a connection of its own: a snapshot needs one session
 * for one transaction, and every row, which the target's query port does not promise.
 * @throws ProblemError (exit 6) when the database cannot be reached
 */
export async function snapshotDatabase(url: string, options: SnapshotOptions = {}): Promise<Snapshot> {
  const session = await Session.open(await resolveConnection({ url, env: {} }), 'deploy-wizard snapshot');
  try {
    return await takeSnapshot({ query: (text, parameters) => session.client.query<Record<string, unknown>>(text, parameters) }, options);
  } finally {
    await session.close();
  }
}
