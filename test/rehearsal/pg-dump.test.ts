import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseUrl, startLocalServer, type EmbeddedServer } from '../../src/rehearsal/embedded.js';
import { systemServers } from '../../src/rehearsal/server-binaries.js';
import { serverUser } from '../../src/rehearsal/server-user.js';
import { compareSnapshots } from '../../src/rehearsal/snapshot/compare.js';
import { takeSnapshot, type Snapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { administer } from '../support/server.js';
import { cleanPairs } from './corpus/clean.js';
import { baseline, type Fault, type Pair } from './corpus/corpus.js';
import { structureFaults } from './corpus/faults-structure.js';

/** pg_dump must be as new as the server, so both come from the same installation. */
const installation = systemServers(serverUser()).find((server) => existsSync(join(server.bin, 'pg_dump')));
const run = promisify(execFile);
let server: EmbeddedServer;
let original: { snapshot: Snapshot; dump: string };

async function withCopy<T>(template: string | null, work: (client: pg.Client, url: string) => Promise<T>): Promise<T> {
  const name = `dump_${randomUUID().slice(0, 8)}`;
  await administer(server, `CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`);
  const connection = { ...server.connection, database: name };
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client, databaseUrl(connection));
  } finally {
    await client.end();
    if (template) await administer(server, `DROP DATABASE ${name}`);
  }
}

/** The schema as pg_dump writes it, without what means nothing: the token of each run, the order of grants on one thing. */
async function dump(url: string): Promise<string> {
  const { stdout } = await run(join(server.binaries, 'pg_dump'), ['--schema-only', url], { maxBuffer: 2 ** 26 });
  const text = stdout.split('\n').filter((line) => !/^\\(un)?restrict /.test(line)).join('\n');
  return text.replace(/(?:^GRANT .*\n)+/gm, (grants) => grants.split('\n').sort().join('\n'));
}

async function judge(pair: Pair): Promise<{ name: string; clean: boolean; sameDump: boolean }> {
  return withCopy('baseline', async (client, url) => {
    for (const text of [pair.forward, pair.rollback].flat()) if (text !== '') await client.query(text);
    const found = compareSnapshots(original.snapshot, await takeSnapshot(client));
    return { name: pair.name, clean: found.clean, sameDump: (await dump(url)) === original.dump };
  });
}

async function judgeAll(pairs: Pair[]): Promise<Awaited<ReturnType<typeof judge>>[]> {
  const waiting = [...pairs];
  const judged: Awaited<ReturnType<typeof judge>>[] = [];
  const worker = async (): Promise<void> => {
    for (let pair = waiting.shift(); pair; pair = waiting.shift()) judged.push(await judge(pair));
  };
  await Promise.all([worker(), worker(), worker()]);
  return judged;
}

/** A dump cannot see these: contents, validity marks, and how far a materialised view was filled. */
const beyondDumps = (fault: Fault): boolean => fault.finds.every((find) => find.startsWith('rows ')) || /valid|unfilled|not filled|values lost/.test(fault.name);

describe.runIf(installation !== undefined)('our verdict beside pg_dump\'s', () => {
  beforeAll(async () => {
    server = await startLocalServer();
    await administer(server, 'CREATE DATABASE baseline');
    const connection = { ...server.connection, database: 'baseline' };
    const client = new pg.Client(connection);
    await client.connect();
    await client.query(baseline);
    original = { snapshot: await takeSnapshot(client), dump: await dump(databaseUrl(connection)) };
    await client.end();
  });

  afterAll(() => server.stop());

  it('agrees on every clean pair', async () => {
    // That all of them are quiet is another test's; of the dumps, LONG=1 compares every one.
    const compared = cleanPairs.filter((_, index) => process.env['LONG'] !== undefined || index % 3 === 0);
    const judged = await judgeAll(compared);
    expect(judged).toHaveLength(compared.length);
    expect(judged.filter((one) => !one.clean || !one.sameDump)).toEqual([]);
  });

  it('agrees on faults of structure that a dump can see', async () => {
    const judged = await judgeAll(structureFaults.filter((fault) => !beyondDumps(fault)).filter((_, index) => index % 3 === 0));
    expect(judged.filter((one) => one.clean || one.sameDump)).toEqual([]);
  });
});
