import type { ChildProcess } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findServer } from '../../src/rehearsal/server-binaries.js';
import { makeServerFolder, removeServerFolder, type ServerFolder } from '../../src/rehearsal/server-folder.js';
import { initialise, launch, shutDown } from '../../src/rehearsal/server-process.js';
import { serverUser } from '../../src/rehearsal/server-user.js';
import type { EmbeddedServer } from '../../src/rehearsal/embedded.js';

/** Room for every boundary of a fault at once: three connections of each run, and one of the test's. */
const CONNECTIONS = 300;

/** A server of a test's own that can crash and come back with its data. */
export class RestartableServer {
  private constructor(private child: ChildProcess, private readonly folder: ServerFolder, private readonly again: () => Promise<ChildProcess>) {}

  static async start(): Promise<RestartableServer> {
    const user = serverUser();
    const binaries = await findServer({ user });
    const folder = makeServerFolder(user);
    await initialise(binaries, folder, { host: folder.sockets, port: 5432, password: null }, user);
    appendFileSync(join(folder.data, 'postgresql.conf'), `max_connections = ${CONNECTIONS}\n`);
    const again = (): Promise<ChildProcess> => launch(binaries, folder, user, undefined, () => undefined);
    return new RestartableServer(await again(), folder, again);
  }

  connection(database: string): EmbeddedServer['connection'] {
    return { host: this.folder.sockets, port: 5432, user: 'postgres', database };
  }

  /** As `pg_ctl stop -m immediate` and a start: what was not flushed is gone. */
  async crash(): Promise<void> {
    const gone = new Promise<void>((resolve) => { this.child.once('exit', () => resolve()); });
    this.child.kill('SIGQUIT');
    await gone;
    // It would say of the next server that it is ready.
    rmSync(join(this.folder.data, 'postmaster.pid'), { force: true });
    // Its last backends may still be going.
    for (let tries = 0; ; tries += 1) {
      try {
        this.child = await this.again();
        return;
      } catch (error) {
        if (tries === 20) throw error;
      }
    }
  }

  async stop(): Promise<void> {
    await shutDown(this.child);
    removeServerFolder(this.folder);
  }
}
