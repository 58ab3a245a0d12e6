import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareSnapshots, type Comparison } from '../../src/rehearsal/snapshot/compare.js';
import { takeSnapshot, type QueryClient, type Snapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { freshDatabase, testServer, type TestDatabase } from '../support/server.js';
import { cleanPairs } from './corpus/clean.js';
import { baseline, type Pair } from './corpus/corpus.js';
import { behaviourFaults } from './corpus/faults-behaviour.js';
import { structureFaults } from './corpus/faults-structure.js';

const faults = [...structureFaults, ...behaviourFaults];
const outcome = { found: 0, missed: 0, false: 0, quiet: 0 };
let template: TestDatabase;
let shared: pg.Client;
let original: Snapshot;

async function inDatabase<T>(database: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  await testServer();
  template = await freshDatabase();
  await inDatabase(template, (client) => client.query(baseline));
  original = await inDatabase(template, (client) => takeSnapshot(client));
  const copy = await freshDatabase({ template: template.connection.database });
  shared = new pg.Client(copy.connection);
  await shared.connect();
});

afterAll(async () => {
  console.log(`rollback faults: ${outcome.found} of ${faults.length} found and named, ${outcome.missed} missed; clean pairs: ${outcome.quiet} of ${cleanPairs.length} without alarm, ${outcome.false} false`);
  await shared.end();
});

const texts = (one: string | string[]): string[] => (Array.isArray(one) ? one : [one]).filter((text) => text !== '');

/** A client inside a transaction, for takeSnapshot, which would begin its own: far quicker than a database per fault. */
function nested(client: pg.Client): QueryClient {
  const instead: Record<string, string> = { 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY': 'SAVEPOINT snapshot', ROLLBACK: 'ROLLBACK TO SAVEPOINT snapshot' };
  return { query: (text, parameters) => client.query(instead[text] ?? text, parameters) };
}

/** What a pair leaves, in a transaction that is given up. */
async function leaves(pair: Pair): Promise<Comparison> {
  await shared.query('BEGIN');
  try {
    for (const text of [...texts(pair.forward), ...texts(pair.rollback)]) await shared.query(text);
    return compareSnapshots(original, await takeSnapshot(nested(shared)));
  } finally {
    await shared.query('ROLLBACK');
  }
}

/** The same with everything committed, on a copy of the baseline, for what refuses a transaction. */
async function leavesCommitted(pair: Pair): Promise<Comparison> {
  const database = await freshDatabase({ template: template.connection.database });
  try {
    return await inDatabase(database, async (client) => {
      for (const text of [...texts(pair.forward), ...texts(pair.rollback)]) await client.query(text);
      return compareSnapshots(original, await takeSnapshot(client));
    });
  } finally {
    await database.drop();
  }
}

const named = (found: Comparison): string[] => [
  ...found.residue.map((one) => `${one.difference} ${one.object}`),
  ...found.rowsChanged.map((one) => `rows ${one.table}(${one.columns.join(',')})`),
].sort();

describe('the proof of a rollback', () => {
  it('compares the baseline itself, leaving out only what it says', () => {
    expect(original.notCompared).toEqual(['rows of foreign table shop.distant: they lie on another server']);
    expect(faults.length).toBeGreaterThanOrEqual(60);
    expect(cleanPairs.length).toBeGreaterThanOrEqual(40);
  });

  it.each(faults)('finds and names: $name', async (fault) => {
    outcome.missed += 1;
    const found = await leaves(fault);
    expect(found.clean).toBe(false);
    expect(named(found)).toEqual([...fault.finds].sort());
    outcome.missed -= 1;
    outcome.found += 1;
  });

  it.each(cleanPairs)('raises no alarm: $name', async (pair) => {
    outcome.false += 1;
    const found = await (Array.isArray(pair.forward) ? leavesCommitted(pair) : leaves(pair));
    expect(named(found)).toEqual([]);
    expect(found.clean).toBe(true);
    outcome.false -= 1;
    outcome.quiet += 1;
  });

  it('raises no alarm when all clean pairs that nest are walked forward, then back in reverse', async () => {
    // Default privileges in force change what the other pairs' objects come back with: rightly found, and not meant here.
    const nesting = cleanPairs.filter((pair) => !Array.isArray(pair.forward) && !Array.isArray(pair.rollback) && !pair.name.startsWith('default privileges'));
    const forward: string[] = [];
    const rollback: string[] = [];
    await shared.query('BEGIN');
    for (const pair of nesting) {
      await shared.query('SAVEPOINT pair');
      // Some pairs need an object that an earlier one renamed or dropped: those do not nest.
      const fits = await shared.query(pair.forward as string).then(() => true, () => false);
      if (!fits) await shared.query('ROLLBACK TO SAVEPOINT pair');
      else { forward.push(pair.forward as string); rollback.unshift(pair.rollback as string); }
    }
    await shared.query('ROLLBACK');
    expect(forward.length).toBeGreaterThan(30);
    expect(named(await leaves({ name: 'all', forward, rollback }))).toEqual([]);
  });
});
