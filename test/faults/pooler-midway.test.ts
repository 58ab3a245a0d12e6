import { connect, createServer, type AddressInfo, type NetConnectOpts } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { ProblemError } from '../../src/text/problem.js';
import { perform, target, workOf } from '../postgres/support.js';
import { freshDatabase, testServer } from '../support/server.js';
import { bouncer, startBouncer } from './bouncer.js';

const ENDS = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name LIKE 'test%' AND datname = current_database()";
const LOCKS = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

// The lock stayed with a connection of the pooler when the run was over: the next run was refused for one that nobody runs.
it.skipIf(!bouncer)('a transaction pooler that comes between in the middle of a run gets no write and no lock', async () => {
  const { connection } = await testServer();
  const pooler = await startBouncer(connection);
  const database = await freshDatabase();
  let to: NetConnectOpts = { path: join(connection.host, `.s.PGSQL.${connection.port}`) };
  const name = createServer((client) => {
    const server = connect(to);
    for (const [one, other] of [[client, server], [server, client]] as const) one.pipe(other).on('error', () => one.destroy());
  });
  await new Promise<void>((resolve) => { name.listen(0, '127.0.0.1', resolve); });
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query('CREATE TABLE note (id int)');
  const on = await target(`postgresql://postgres@127.0.0.1:${(name.address() as AddressInfo).port}/${database.connection.database}?sslmode=disable`);
  try {
    const identity = await on.identify();
    expect(identity.pooled).toBe(false);
    await on.lock({ operator: 'ada', host: 'here', run: 'one', since: '2026-01-01T00:00:00Z' });
    expect((await perform(on, await workOf('INSERT INTO note VALUES (1)'))).state).toBe('committed');
    to = { port: pooler.port, host: '127.0.0.1' };
    await client.query(ENDS);
    const refused = { problem: { code: 'target-changed', what: expect.stringContaining('pooler') as string }, exitCode: 3 };
    // The loss is found out by a question after it, or by the next.
    const answer = (): Promise<unknown> => on.verifyIdentity(identity).catch((error: unknown) => error);
    let said = await answer();
    while (!(said instanceof ProblemError) || said.problem.code !== 'target-changed') said = await answer();
    expect(said).toMatchObject(refused);
    await expect(perform(on, await workOf('INSERT INTO note VALUES (2)'))).rejects.toMatchObject(refused);
    expect((await client.query('SELECT id FROM note')).rows).toEqual([{ id: 1 }]);
    expect((await client.query(LOCKS)).rowCount).toBe(0);
  } finally {
    await on.close();
    await client.end();
    name.close();
    pooler.stop();
  }
});
