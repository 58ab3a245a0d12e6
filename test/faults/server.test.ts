import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { databaseUrl } from '../../src/rehearsal/embedded.js';
import { folder } from '../cli/support.js';
import { atQuery, COMMIT } from './at-query.js';
import { report } from './report.js';
import { RestartableServer } from './restartable-server.js';
import { count, goOn, harm, start, toldOf, undisturbed } from './undisturbed.js';
import { Wire } from './wire.js';

type Moment = [name: string, pattern: RegExp, nth: number, side: 'request' | 'answer'];

const STEP = /CREATE TABLE public\.entry|INDEX CONCURRENTLY|public\.entry VALUES \(2/;

const faults: Record<string, Moment[]> = {
  'server restarted in the middle of a step': [
    ['before the table', STEP, 1, 'request'], ['after the table', STEP, 1, 'answer'], ['before the first index', STEP, 2, 'request'], ['after the first index', STEP, 2, 'answer'],
    ['before the second index', STEP, 3, 'request'], ['after the second index', STEP, 3, 'answer'], ['before the row', STEP, 4, 'request'], ['after the row', STEP, 4, 'answer'],
  ],
  'server restarted at COMMIT': [
    ['before the first', COMMIT, 1, 'request'], ['after the first', COMMIT, 1, 'answer'], ['before the second', COMMIT, 2, 'request'], ['after the second', COMMIT, 2, 'answer'],
  ],
};

describe('a server that is stopped at once and started again', () => {
  let server: RestartableServer;
  beforeAll(async () => { server = await RestartableServer.start(); });
  afterAll(() => server.stop());

  it.each(Object.entries(faults))('%s: nothing lost, nothing applied twice, nothing left unknown', async (fault, moments) => {
    const { wanted } = await undisturbed();
    const found: string[] = [];
    for (const [index, [name, pattern, nth, side]] of moments.entries()) {
      const database = `d${index}_${fault.endsWith('COMMIT') ? 'commit' : 'step'}`;
      const connection = server.connection(database);
      await administer(databaseUrl({ ...connection, database: 'postgres' }), `CREATE DATABASE ${database}`);
      const logs = folder();
      let back: Promise<void> = Promise.resolve();
      const hooks = atQuery(pattern, nth, side, () => { back = server.crash(); return back; });
      const wire = await Wire.before(connection, hooks);
      const first = await start(wire.url(connection), logs);
      await back;
      const end = first.code === 0 ? first : await goOn(databaseUrl(connection), logs);
      found.push(...await harm(`${name} (first exit ${first.code})`, databaseUrl(connection), end, wanted));
      if (!hooks.acted) found.push(`${name}: lost: the fault never came`);
      if (!toldOf(logs, /connection (?:was )?lost/i)) found.push(`${name}: lost: the log does not tell of it: ${first.code} ${first.err}`);
      await wire.close();
    }
    report({ fault, boundaries: moments.length, lost: count(found, 'lost'), twice: count(found, 'twice'), unknown: count(found, 'unknown') });
    expect(found).toEqual([]);
  }, 120_000);
});

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
