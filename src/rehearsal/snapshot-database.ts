import { createHash } from 'node:crypto';
import { resolveConnection } from '../postgres/connection.js';
import { serverError } from '../postgres/server-error.js';
import { Session } from '../postgres/session.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { takeSnapshot, type Snapshot, type SnapshotOptions } from './snapshot/snapshot.js';

/** Takes snapshots of one database, again and again. */
export interface Snapshots {
  take(options?: SnapshotOptions): Promise<Snapshot>;
  close(): Promise<void>;
}

/**
 * Snapshots over a connection of their own: a snapshot needs one session for
 * one transaction, and every row, which the target's query port does not
 * promise. Its statements are prepared and the connection is kept for the next
 * snapshot, where one follows soon: planning them takes longer than running them.
 * @throws ProblemError (exit 6) at `take` when the database cannot be reached
 */
export function snapshotsOf(url: string): Snapshots {
  let session: Session | undefined;
  let idle: NodeJS.Timeout | undefined;
  const close = async (): Promise<void> => {
    clearTimeout(idle);
    const open = session;
    session = undefined;
    await open?.close();
  };
  return {
    async take(options = {}) {
      clearTimeout(idle);
      if (!session || session.lost) session = await Session.open(await resolveConnection({ url, env: {} }), 'deploy-wizard snapshot', `SET lock_timeout = ${LOCK_MS}`);
      const { client } = session;
      try {
        return await takeSnapshot({
          query: (text, values) => client.query<Record<string, unknown>>(text.length > WORTH_PREPARING ? { name: createHash('md5').update(text).digest('hex'), text, values } : { text, values }),
        }, options);
      } catch (thrown) {
        if (serverError(thrown).sqlstate !== '55P03') throw thrown;
        throw new ProblemError({ code: 'catalog-in-use', what: 'The structure of the database cannot be read: another session has a table or view locked.', remedy: 'Wait until it has ended (pg_locks shows it), then try again.' }, EXIT.refused, { cause: thrown });
      } finally {
        idle = setTimeout(() => { void close().catch(() => undefined); }, KEPT_MS);
        idle.unref();
      }
    },
    close,
  };
}

/** Characters; the queries over the catalogs are far longer, everything else is far shorter. */
const WORTH_PREPARING = 2000;
/** A run of hours needs no connection for what it does at its beginning and at its end. */
const KEPT_MS = 30_000;
/** A definition is read behind the locks of its tables: who holds one for long must not keep a run from its first step. */
const LOCK_MS = 2000;

/** One snapshot of a database. */
export async function snapshotDatabase(url: string, options: SnapshotOptions = {}): Promise<Snapshot> {
  const snapshots = snapshotsOf(url);
  try {
    return await snapshots.take(options);
  } finally {
    await snapshots.close();
  }
}
