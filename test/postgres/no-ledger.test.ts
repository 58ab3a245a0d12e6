import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlWork, Target, Tried } from '../../src/engine/ports.js';
import { atQuery, COMMIT } from '../faults/at-query.js';
import { Wire } from '../faults/wire.js';
import { freshDatabase, testServer, type TestDatabase } from '../support/server.js';
import { perform, target, value, workOf } from './support.js';

let database: TestDatabase;
let on: Target;

beforeAll(async () => {
  database = await freshDatabase();
  on = await target(database.url, { ledger: false });
  await perform(on, await workOf("CREATE TABLE base (id int, kind text); CREATE TABLE old (id int); CREATE TYPE mood AS ENUM ('calm'); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", { ledger: false }));
});

afterAll(async () => {
  await on.close();
  await database.drop();
});

/** Runs statements as one step without a ledger, and breaks the connection at its COMMIT, before or after the server took it. */
async function breakAtCommit(sql: string, side: 'request' | 'answer', given: Partial<SqlWork> = {}): Promise<{ state: string; message: string; told: string[] }> {
  const server = await testServer();
  const wire = await Wire.before({ ...server.connection, database: database.connection.database }, atQuery(COMMIT, 1, side, (line) => line.cut()));
  const through = await target(wire.url(database.connection), { ledger: false });
  const told: string[] = [];
  const done = await perform(through, await workOf(sql, { ledger: false, ...given }), { connection: async (_, text) => { told.push(text); } });
  await through.close();
  await wire.close();
  return { state: done.state, message: done.error?.message ?? '', told };
}

const tried = (statements: readonly string[]): Tried[] => statements.map((sql) => ({ sql, mayFail: false }));

describe('without a ledger, a COMMIT in doubt', () => {
  it.each([
    ['answer', 'committed', 'took'],
    ['request', 'rolled back', 'did not take'],
  ] as const)('is decided by what the step makes, where the connection breaks at the %s: %s', async (side, state, word) => {
    const table = `made_${side}`;
    const done = await breakAtCommit(`CREATE TABLE ${table} (id int); INSERT INTO ${table} VALUES (1)`, side);
    expect(done.state).toBe(state);
    expect(done.told.at(-1)).toBe(`connected again; there is no ledger to ask; a probe of the database (the table ${table} is ${state === 'committed' ? '' : 'not '}there) shows that the COMMIT ${word}`);
    expect(await value(on, `SELECT to_regclass('${table}') IS NOT NULL`)).toBe(state === 'committed' ? 't' : 'f');
  });

  it('is not decided by a statement that was allowed to fail', async () => {
    const done = await breakAtCommit("CREATE TABLE base (id int); INSERT INTO base VALUES (8, 'x')", 'request', { tolerate: ['42P07'] });
    expect(done.state).toBe('unknown');
  });

  it('stays unknown where the step only changes rows: nothing is guessed, and it says why', async () => {
    const done = await breakAtCommit("INSERT INTO base VALUES (7, 'x')", 'answer');
    expect(done.state).toBe('unknown');
    expect(done.message).toContain('there is no ledger to ask; it makes and drops nothing that would tell');
  });
});

describe('the probe of a transaction', () => {
  // Each made true, one after the other, so that before and after can be told.
  it.each([
    ['CREATE TABLE "Odd Name" (id int)', /the table "Odd Name"/],
    ['CREATE UNIQUE INDEX base_id ON public.base (id)', /the index public\.base_id/],
    ['ALTER TABLE base ADD COLUMN more int', /the column more of base/],
    ['ALTER TABLE ONLY public.base ADD CONSTRAINT more_positive CHECK (more > 0) NOT VALID', /the constraint more_positive of public\.base/],
    ['CREATE POLICY "own rows" ON base USING (true)', /the policy base of "own rows"|the policy "own rows" of base/],
    ["CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", null],
    ['CREATE TRIGGER fires BEFORE INSERT OR UPDATE ON base FOR EACH ROW EXECUTE FUNCTION g()', /the trigger fires of base/],
    ["ALTER TYPE mood ADD VALUE 'it''s'", /the value it's of mood/],
    ['CREATE SCHEMA apart', /the schema apart/],
    ['CREATE MATERIALIZED VIEW apart.seen AS SELECT 1 AS one', /the view apart\.seen/],
    ['DROP TABLE old', /the relation old/],
    ['ALTER TABLE base DROP COLUMN kind', /the column kind of base/],
    ['DROP POLICY "own rows" ON base', /the policy/],
  ])('tells before and after: %s', async (sql, shown) => {
    const before = await on.probeTransaction(tried([sql]));
    expect(before.state).toBe('not done');
    if (shown) expect(before.detail).toMatch(shown);
    expect((await perform(on, await workOf(sql, { ledger: false }))).error).toBeNull();
    // A function of the name may stand for other arguments: its presence proves nothing.
    expect((await on.probeTransaction(tried([sql]))).state).toBe(shown ? 'done' : 'unknown');
  });

  it.each([
    ['IF NOT EXISTS', ['CREATE TABLE IF NOT EXISTS base (id int)']],
    ['OR REPLACE', ["CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'"]],
    ['IF EXISTS', ['DROP TABLE IF EXISTS base']],
    ['an object that is made and dropped again', ['CREATE TABLE helper (id int)', 'DROP TABLE helper']],
    ['rows', ["UPDATE base SET id = 1"]],
    ['a table that is dropped where it is there, then made', ['DROP TABLE IF EXISTS base', 'CREATE TABLE base (id int)', 'INSERT INTO base VALUES (1)']],
    ['a policy that is replaced', ['DROP POLICY IF EXISTS "own rows" ON base', 'CREATE POLICY "own rows" ON base USING (true)']],
    ['a table that takes the place of another', ['CREATE TABLE base_new (id int)', 'DROP TABLE base', 'ALTER TABLE base_new RENAME TO base']],
    ['a column that is dropped and made in one', ['ALTER TABLE base DROP COLUMN id, ADD COLUMN id int']],
    ['a name that a block of code has too', ['DO $$ BEGIN DROP TABLE base; END $$', 'CREATE TABLE base (id int)']],
    ['a name on another search path', ['SET search_path = apart', 'DROP TABLE elsewhere', 'UPDATE base SET id = 3']],
  ])('is unsure of %s', async (_, statements) => {
    expect((await on.probeTransaction(tried(statements))).state).toBe('unknown');
  });

  it('is unsure of a statement that was allowed to fail, and of what that one may have touched', async () => {
    const drop = { sql: 'DROP TABLE base', mayFail: true };
    expect((await on.probeTransaction([drop])).state).toBe('unknown');
    expect((await on.probeTransaction([drop, ...tried(['CREATE TABLE base (id int)'])])).state).toBe('unknown');
  });

  it('is unsure where the objects contradict each other', async () => {
    expect(await on.probeTransaction(tried(['CREATE TABLE base (id int)', 'CREATE TABLE never (id int)']))).toMatchObject({ state: 'unknown', detail: expect.stringContaining('contradicts itself') as string });
  });
});
