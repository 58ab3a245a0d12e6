import { createHash } from 'node:crypto';
import { resolveConnection } from '../postgres/connection.js';
import { Session } from '../postgres/session.js';
import { takeSnapshot, type Snapshot, type SnapshotOptions } from './snapshot/snapshot.js';

/** Takes snapshots of one database, again and again. */
export interface Snapshots {
  take(options?: SnapshotOptions): Promise<Snapshot>;
  close(): Promise<void>;
}

/**
 * Snapshots over a connection of their own: a snapshot needs one session for
 * one transaction, and every row, which the target's query port does not
 * promise. The connection is kept, and its statements are prepared: planning
 * them takes longer than running them.
 * @throws ProblemError (exit 6) at `take` when the database cannot be reached
 */
export function snapshotsOf(url: string): Snapshots {
  let session: Session | undefined;
  return {
    async take(options = {}) {
      if (!session || session.lost) session = await Session.open(await resolveConnection({ url, env: {} }), 'deploy-wizard snapshot');
      const { client } = session;
      return takeSnapshot({
        query: (text, values) => client.query<Record<string, unknown>>(text.length > WORTH_PREPARING ? { name: createHash('md5').update(text).digest('hex'), text, values } : { text, values }),
      }, options);
    },
    async close() {
      await session?.close();
    },
  };
}

/** Characters; the queries over the catalogs are far longer, everything else is far shorter. */
const WORTH_PREPARING = 2000;

/** One snapshot of a database. */
export async function snapshotDatabase(url: string, options: SnapshotOptions = {}): Promise<Snapshot> {
  const snapshots = snapshotsOf(url);
  try {
    return await snapshots.take(options);
  } finally {
    await snapshots.close();
  }
}
