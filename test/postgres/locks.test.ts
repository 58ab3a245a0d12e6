import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveConnection } from '../../src/postgres/connection.js';
import { sampleLocks } from '../../src/postgres/lock-sampler.js';
import { LockTrace, type Traced } from '../../src/postgres/locks.js';
import { Session } from '../../src/postgres/session.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { perform, target, workOf } from './support.js';

let database: TestDatabase;
let session: Session;
let another: () => Promise<Session>;

beforeAll(async () => {
  database = await freshDatabase();
  const spec = await resolveConnection({ url: database.url, env: {} });
  session = await Session.open(spec, 'test');
  another = () => Session.open(spec, 'test (watching)');
  await session.client.query(`CREATE TABLE orders (id integer PRIMARY KEY, amount integer, note varchar(10)); CREATE TABLE item (id integer PRIMARY KEY);
    INSERT INTO orders SELECT n, n, 'x' FROM generate_series(1, 20000) AS n`);
});

afterAll(async () => {
  await session.close();
  await database.drop();
});

/** What each statement of one transaction locks and rewrites. */
async function trace(...statements: string[]): Promise<Traced[]> {
  await session.client.query('BEGIN');
  const lockTrace = new LockTrace();
  await lockTrace.begin(session);
  const seen: Traced[] = [];
  for (const statement of statements) {
    await session.client.query(statement);
    seen.push(await lockTrace.after(session, statement));
  }
  await session.client.query('ROLLBACK');
  return seen;
}

const shown = ({ locks, rewrites }: Traced): string => [...locks.map((lock) => `${lock.mode} on ${lock.relation}`), ...rewrites.map((table) => `rewrites ${table}`)].join(', ');

describe('the lock trace of a transaction', () => {
  it.each([
    ['ALTER TABLE orders ALTER amount TYPE bigint', /AccessExclusive on orders.*rewrites orders/],
    ['ALTER TABLE orders ALTER note TYPE varchar(20)', /AccessExclusive on orders(?!.*rewrites)/],
    ['ALTER TABLE orders ADD FOREIGN KEY (amount) REFERENCES item NOT VALID', /ShareRowExclusive on item.*ShareRowExclusive on orders/],
    ['CREATE INDEX ON orders (amount)', /^Share on orders$/],
    ['UPDATE orders SET amount = 0 WHERE id = 1', /^RowExclusive on orders$/],
    ['CREATE TABLE fresh (id integer PRIMARY KEY)', /^$/],
    ['CREATE TABLE child (id integer PRIMARY KEY, item integer REFERENCES item)', /^ShareRowExclusive on item$/],
    ['ALTER TABLE orders ADD made_at timestamptz DEFAULT clock_timestamp()', /rewrites orders/],
    ['SELECT count(*) FROM orders', /^$/],
  ])('%s', async (statement, expected) => {
    const [seen] = await trace(statement);
    expect(shown(seen!)).toMatch(expected);
  });

  it('names a lock at the statement that took it, not again at the next', async () => {
    const seen = await trace('CREATE POLICY p ON orders USING (true)', 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY', 'LOCK TABLE item');
    expect(seen.map(shown)).toEqual(['AccessExclusive on orders', '', 'AccessExclusive on item']);
  });
});

describe('the tables that a statement reads from end to end', () => {
  it.each([
    ['ALTER TABLE orders ALTER amount TYPE bigint', ['public.orders']],
    ['ALTER TABLE orders ALTER amount SET NOT NULL', ['public.orders']],
    ['ALTER TABLE orders ADD CHECK (amount >= 0)', ['public.orders']],
    ['CREATE INDEX ON orders (amount)', ['public.orders']],
    ['UPDATE orders SET amount = 0', ['public.orders']],
    ['SELECT count(*) FROM orders', ['public.orders']],
    ['CLUSTER orders USING orders_pkey', ['public.orders']],
    ['ALTER TABLE orders ADD COLUMN more integer DEFAULT 7', []],
    ['ALTER TABLE orders DROP COLUMN note', []],
    ['ALTER TABLE orders ADD CHECK (amount >= 0) NOT VALID', []],
    ['SELECT * FROM orders WHERE id = 7', []],
    ['TRUNCATE orders', []],
    ['GRANT SELECT ON orders TO PUBLIC', []],
  ])('%s', async (statement, tables) => {
    expect((await trace(statement))[0]?.scans).toEqual(tables);
  });
});

describe('locks of a real run', () => {
  it('are looked at once, before COMMIT: of a transaction all on what was there before', async () => {
    const on = await target(database.url);
    const told: string[] = [];
    const work = await workOf('CREATE TABLE fresh (id int); ALTER TABLE orders ADD COLUMN seen boolean; SELECT count(*) FROM item');
    await perform(on, work, { committing: async (_, locks) => { told.push(...locks.map((lock) => `${lock.mode} on ${lock.relation}`)); } });
    await on.close();
    expect(told).toEqual(['AccessExclusive on orders']);
  });

  it('of a statement outside a transaction are seen where it lasts', async () => {
    const on = await target(database.url);
    const holder = await another();
    await holder.client.query('BEGIN; UPDATE orders SET amount = 1 WHERE id = 1');
    const watched = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_locks l JOIN%' AND state = 'idle' AND pid <> pg_backend_pid()";
    const building = perform(on, await workOf('CREATE INDEX CONCURRENTLY orders_seen ON orders (amount)'));
    while ((await session.run(watched)).rows[0]?.[0] === '0');
    await holder.client.query('COMMIT');
    const { state, finished } = await building;
    await holder.close();
    await on.close();
    expect(state).toBe('committed');
    expect(finished[0]?.seen.locks.map((lock) => `${lock.mode} on ${lock.relation}`)).toEqual(['ShareUpdateExclusive on orders']);
  });
});

describe('sampled locks', () => {
  it('are seen from another connection while an index is built concurrently', async () => {
    // Held open until the build waits for it, so that there is something to see however fast the machine is.
    const holder = await another();
    await holder.client.query('BEGIN; UPDATE orders SET amount = 1 WHERE id = 1');
    const building = sampleLocks(another, session, 'CREATE INDEX', () => session.client.query('CREATE INDEX CONCURRENTLY orders_amount ON orders (amount)'));
    const waits = `SELECT count(*) FROM pg_locks WHERE pid = ${session.pid} AND NOT granted`;
    while ((await holder.run(waits)).rows[0]?.[0] === '0');
    await holder.client.query('COMMIT');
    const { traced } = await building;
    await holder.close();
    expect(shown(traced)).toContain('ShareUpdateExclusive on orders');
    expect(traced.rewrites).toEqual([]);
    expect(traced.scans).toEqual(['public.orders']);
  });

  it('tell a rewrite, and let the error of the statement through', async () => {
    const { traced } = await sampleLocks(another, session, 'VACUUM FULL', () => session.client.query('VACUUM FULL orders'));
    expect(traced.rewrites).toEqual(['orders']);
    expect(traced.scans).toEqual(['public.orders']);
    await expect(sampleLocks(another, session, 'VACUUM', () => session.client.query('VACUUM nowhere'))).rejects.toThrow('nowhere');
  });
});
