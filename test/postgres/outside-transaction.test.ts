import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/ports.js';
import { resolveConnection } from '../../src/postgres/connection.js';
import { Session } from '../../src/postgres/session.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { perform, target, value, workOf } from './support.js';

let database: TestDatabase;
let on: Target;

beforeAll(async () => {
  database = await freshDatabase();
  on = await target(database.url);
  await on.useLedger();
  await perform(on, await workOf(`CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
    CREATE FUNCTION add_child() RETURNS int LANGUAGE sql AS 'INSERT INTO child VALUES (99) RETURNING 99';
    CREATE FUNCTION next_parent() RETURNS int LANGUAGE sql AS 'INSERT INTO parent VALUES (5) RETURNING id';
    CREATE ROLE apart_app; GRANT ALL ON parent TO apart_app; CREATE SCHEMA app; CREATE TABLE app.note (id int); CREATE TABLE public.note (id int)`));
});
afterAll(async () => {
  await on.close();
  await database.drop();
});

describe('statements outside a transaction', () => {
  // Such an error comes after the rows and after their end; the run waited for ever.
  it.each(['SELECT add_child()', 'WITH added AS (INSERT INTO child VALUES (7) RETURNING id) SELECT * FROM added'])('fail by what is checked at their COMMIT, also where they return rows: %s', async (sql) => {
    const done = await perform(on, await workOf(sql, { mode: 'alone' }));
    expect(done).toMatchObject({ state: 'rolled back', error: { sqlstate: '23503' } });
    expect(await value(on, 'SELECT count(*) FROM child')).toBe('0');
  });

  // A run that died behind it called the function again: what only reads is asked of no probe.
  it('are kept to reading where they seem only to read, with what to do', async () => {
    const done = await perform(on, await workOf('SELECT next_parent()', { mode: 'alone' }));
    expect(done).toMatchObject({ state: 'rolled back', error: { sqlstate: '25006', message: expect.stringContaining('give it a step of its own') as string } });
    expect(await value(on, 'SELECT count(*) FROM parent WHERE id = 5')).toBe('0');
  });

  it('fail by it with bound values too', async () => {
    const session = await Session.open(await resolveConnection({ url: database.url, env: {} }), 'test');
    await expect(session.run('WITH added AS (INSERT INTO child VALUES ($1) RETURNING id) SELECT * FROM added', [8])).rejects.toThrow('foreign key');
    await session.close();
  });

  it.each(['REINDEX INDEX CONCURRENTLY parent_pkey', 'CREATE INDEX CONCURRENTLY ON parent (id)'])('that leave an invalid index of the server\'s own naming say which, and are not tried again by themselves: %s', async (sql) => {
    const snapshot = await Session.open(await resolveConnection({ url: database.url, env: {} }), 'test');
    await snapshot.run('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await snapshot.run('SELECT 1 FROM pg_class');
    const done = await perform(on, await workOf(sql, { lockTimeoutMs: 100 }));
    await snapshot.close();
    const [name] = /parent_\w*(?:ccnew|idx)/.exec(done.error?.message ?? '') ?? [];
    expect(done).toMatchObject({ state: 'rolled back', leaves: true, error: { sqlstate: '55P03', message: expect.stringContaining('invalid indexes are left') as string } });
    expect(await value(on, `SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('${name}')`)).toBe('f');
  });

  it.each(['SET ROLE apart_app', 'SET SESSION AUTHORIZATION apart_app', "SET search_path = ''"])('leave a role or a path that does not reach the row of the ledger: %s', async (sets) => {
    const work = await workOf(`INSERT INTO parent VALUES (1) ON CONFLICT DO NOTHING; ${sets}; SELECT 1`, { mode: 'alone' });
    expect((await perform(on, work)).state).toBe('committed');
    expect(await value(on, `SELECT state FROM deploy_wizard.attempts WHERE attempt = '${work.attemptId}'`)).toBe('committed');
  });

  it.each([
    ['a block that committed a part of its work before it failed', 'INSERT INTO parent VALUES (50); COMMIT; PERFORM 1 / 0;', 'unknown'],
    ['a block that failed as a whole', 'INSERT INTO parent VALUES (51); PERFORM 1 / 0;', 'rolled back'],
  ])('tell of %s', async (_, body, state) => {
    const done = await perform(on, await workOf(`DO 'BEGIN ${body} END'`, { mode: 'alone' }));
    expect(done).toMatchObject({ state, error: { message: expect.stringContaining('division by zero') as string } });
    expect(await value(on, 'SELECT count(*) FROM parent WHERE id >= 50')).toBe('1');
  });

  it('that detach a partition are done, not done, or about to be: then their end is named', async () => {
    await perform(on, await workOf('CREATE TABLE logs (at int) PARTITION BY LIST (at); CREATE TABLE logs_1 PARTITION OF logs FOR VALUES IN (1)'));
    const detach = 'ALTER TABLE logs DETACH PARTITION logs_1 CONCURRENTLY';
    expect((await on.probe(detach)).state).toBe('not done');
    // A reader of the table keeps its second half waiting, until it is cancelled.
    const reader = new pg.Client(database.url);
    await reader.connect();
    await reader.query('BEGIN; SELECT * FROM logs');
    const cut = await perform(on, await workOf(detach, { timeoutMs: 300 }));
    expect(cut.error?.sqlstate).toBe('57014');
    // Tried again by itself, it said "already pending detach" and no more.
    const finalize = { leaves: true, error: { message: expect.stringContaining('ALTER TABLE logs DETACH PARTITION logs_1 FINALIZE') as string } };
    expect(cut).toMatchObject(finalize);
    expect(await perform(on, await workOf(detach))).toMatchObject({ ...finalize, error: { ...finalize.error, sqlstate: '55000' } });
    expect(await on.probe(detach)).toEqual({ state: 'half done', detail: 'the partition is about to be detached; to end it: ALTER TABLE logs DETACH PARTITION logs_1 FINALIZE' });
    await reader.end();
    expect((await perform(on, await workOf('ALTER TABLE logs DETACH PARTITION logs_1 FINALIZE'))).state).toBe('committed');
    expect((await on.probe(detach)).state).toBe('done');
    expect((await on.probe('ALTER TABLE logs DETACH PARTITION none_such CONCURRENTLY')).state).toBe('unknown');
    expect((await on.probe(detach, ['SET search_path = app'])).state).toBe('unknown');
  });

  it('that drop an index and are cut off say that it is neither there nor gone', async () => {
    await perform(on, await workOf('CREATE TABLE held (id int); CREATE INDEX held_id ON held (id)'));
    const reader = new pg.Client(database.url);
    await reader.connect();
    await reader.query('BEGIN; SELECT * FROM held');
    const cut = await perform(on, await workOf('DROP INDEX CONCURRENTLY held_id', { lockTimeoutMs: 200 }));
    expect(cut).toMatchObject({ error: { sqlstate: '55P03', message: expect.stringContaining('held_id is there (invalid)') as string } });
    expect(cut.leaves).toBeUndefined();
    await reader.end();
    expect((await perform(on, await workOf('DROP INDEX CONCURRENTLY held_id'))).state).toBe('committed');
  });

  it('of a subscription look at this database: another one may have a namesake', async () => {
    const other = await freshDatabase();
    const there = new pg.Client(other.url);
    await there.connect();
    const create = "CREATE SUBSCRIPTION namesake CONNECTION 'dbname=none_such' PUBLICATION p WITH (connect = false, slot_name = NONE, enabled = false)";
    await there.query(create);
    expect([(await on.probe(create)).state, (await on.probe('DROP SUBSCRIPTION namesake')).state]).toEqual(['not done', 'done']);
    await there.query('DROP SUBSCRIPTION namesake');
    await there.end();
    await other.drop();
  });

  it('of the server are looked for by their names; a setting may be made again', async () => {
    for (const [sql, state] of [['CREATE DATABASE "None Such"', 'not done'], ['DROP TABLESPACE none_such', 'done'], ['CREATE TABLESPACE pg_default LOCATION \'/x\'', 'done'], ['DROP SUBSCRIPTION IF EXISTS none_such', 'done'], ['CREATE SUBSCRIPTION s CONNECTION \'\' PUBLICATION p', 'not done'], ['ALTER SYSTEM SET work_mem = \'8MB\'', 'not done']] as const) {
      expect((await on.probe(sql)).state, sql).toBe(state);
    }
  });

  it('build an index without a name twice only where somebody looked: no probe finds it', async () => {
    expect((await perform(on, await workOf('CREATE INDEX CONCURRENTLY ON app.note (id)'))).state).toBe('committed');
    expect((await on.probe('CREATE INDEX CONCURRENTLY ON app.note (id)')).state).toBe('unknown');
  });

  it('name the invalid index that a REINDEX left', async () => {
    await perform(on, await workOf("CREATE INDEX stray ON parent (id); CREATE INDEX stray_ccnew ON parent (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'stray_ccnew'::regclass"));
    const done = await perform(on, await workOf('REINDEX INDEX CONCURRENTLY stray'));
    expect(done.state).toBe('committed');
    expect(done.finished[0]?.measured.notices).toContainEqual({ severity: 'WARNING', message: expect.stringContaining('stray_ccnew') as string });
  });

  it('stand where the operator cancels what they are compared with: that is no false result', async () => {
    const work = await workOf('INSERT INTO app.note VALUES (30)', { mode: 'alone' });
    const cancelled = await perform(on, work, { stopping: () => true, judge: async (query) => {
      const answer = query('SELECT pg_sleep(60)');
      while (await value(on, "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND state = 'active'") === '0');
      await on.cancel();
      return 'value' in await answer;
    } });
    expect(cancelled).toMatchObject({ state: 'committed', because: 'cancelled', error: null });
    expect(await value(on, 'SELECT count(*) FROM app.note WHERE id = 30')).toBe('1');
  });

  it('go on with the settings of those that are behind them', async () => {
    const work = await workOf('SET search_path = app; CREATE INDEX CONCURRENTLY note_id ON note (id)', { mode: 'alone', settings: ['SET search_path = app'] });
    await perform(on, { ...work, statements: work.statements.filter((one) => one.index === 1) });
    expect(await value(on, "SELECT indrelid::regclass::text FROM pg_index WHERE indexrelid = to_regclass('app.note_id')")).toBe('app.note');
    expect((await on.probe('CREATE INDEX CONCURRENTLY note_id ON note (id)', ['SET search_path = app'])).state).toBe('done');
    expect((await on.probe('CREATE INDEX CONCURRENTLY note_id ON note (id)')).state).toBe('not done');
  });
});
