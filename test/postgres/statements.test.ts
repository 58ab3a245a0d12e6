import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../src/assertions/assertion.js';
import { evaluate } from '../../src/assertions/evaluate.js';
import type { Compared, SqlWork, Target } from '../../src/engine/ports.js';
import { resolveConnection } from '../../src/postgres/connection.js';
import { chunks } from '../../src/postgres/copy-in.js';
import { Session } from '../../src/postgres/session.js';
import { Pace } from '../../src/postgres/together.js';
import { inTransaction } from '../../src/postgres/transaction.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { perform, plain, target, value, workOf } from './support.js';

let database: TestDatabase;
let on: Target;

beforeAll(async () => {
  database = await freshDatabase();
  on = await target(database.url);
  await perform(on, await workOf('CREATE TABLE entry (id int PRIMARY KEY, text text, amount numeric CHECK (amount > 0)); CREATE TABLE child (entry int REFERENCES entry DEFERRABLE INITIALLY DEFERRED)'));
});

afterAll(async () => {
  await on.close();
  await database.drop();
});

const rowOf = async ({ run, attemptId }: SqlWork): Promise<unknown> => (await on.attempts(run))?.find((one) => one.attemptId === attemptId);
const valueOf = async (query: (sql: string) => Promise<Compared>, sql: string): Promise<Cell> => { const answer = await query(sql); return 'value' in answer ? answer.value : answer.refused; };
const inserts = (from: number, count: number): string => Array.from({ length: count }, (_, n) => `INSERT INTO entry VALUES (${from + n}, 'row ${from + n}', 1);`).join('\n');

describe('statements of a step', () => {
  it('go as few messages, with a result for each of them', async () => {
    const done = await perform(on, await workOf(inserts(1000, 3000)));
    expect(done.state).toBe('committed');
    expect(done.messages.length).toBeLessThan(100);
    expect(done.finished).toHaveLength(3000);
    expect(done.finished.every(({ measured }) => measured.command === 'INSERT' && measured.affected === 1)).toBe(true);
    expect(await value(on, 'SELECT count(*) FROM entry WHERE id BETWEEN 1000 AND 3999')).toBe('3000');
  });

  it('begin one by one, then go eight times as many per message; after a slow message fewer', () => {
    const pace = new Pace();
    const sent: number[] = [];
    for (let left = 20_200; left > 0;) {
      const size = Math.min(left, pace.next);
      sent.push(size);
      left -= size;
      pace.took(100, size);
    }
    expect(sent).toEqual([...Array.from({ length: 16 }, () => 1), 8, 64, 512, 4096, 4096, 4096, 4096, 3216]);
    pace.took(1600, 4096);
    expect(pace.next).toBe(512);
    pace.took(1000, 512);
    expect(pace.next).toBe(512);
  });

  it('keep their own results in a shared message: tags, rows, types, notices', async () => {
    const sql = `${'SELECT 0;'.repeat(16)} CREATE TABLE shown (a int); INSERT INTO shown SELECT generate_series(1, 5) RETURNING a; DO $$ BEGIN RAISE NOTICE 'first'; END $$; UPDATE shown SET a = 0 WHERE a > 3; DO $$ BEGIN RAISE WARNING 'second'; END $$; SHOW application_name`;
    const done = await perform(on, await workOf(sql));
    expect(done.messages.at(-1)).toBe(6);
    const shared = done.finished.slice(16);
    expect(shared.map(({ measured }) => [measured.command, measured.affected, measured.rowCount])).toEqual([
      ['CREATE TABLE', null, null], ['INSERT', 5, 5], ['DO', null, null], ['UPDATE', 2, null], ['DO', null, null], ['SHOW', null, 1],
    ]);
    expect(shared[1]?.measured).toMatchObject({ columns: ['a'], types: ['int4'], rows: [['1'], ['2'], ['3'], ['4'], ['5']] });
    expect(shared.map(({ measured }) => measured.notices.map((one) => one.message).join())).toEqual(['', '', 'first', '', 'second', '']);
  });

  it('go one by one where something is looked at in between: a time, an expected error, a traced lock', async () => {
    const sql = 'SELECT 1; SELECT 2; SELECT 3; SELECT 4';
    expect((await perform(on, await workOf(sql, { apart: [0, 1, 2, 3] }))).messages).toEqual([1, 1, 1, 1]);
    expect((await perform(on, await workOf(sql, { mayFail: [2] }))).messages).toEqual([1, 1, 1, 1]);
    const traced = await target(database.url, { traceLocks: true });
    expect((await perform(traced, await workOf(sql))).messages).toEqual([1, 1, 1, 1]);
    await traced.close();
  });

  it('are not sent after a stop, and what ran is rolled back', async () => {
    let told = 0;
    const done = await perform(on, await workOf(inserts(10_000, 200)), { statements: async (finished) => { told += finished.length; }, stopping: () => told > 5 });
    expect(done).toMatchObject({ state: 'rolled back', because: 'stopped', error: null, committing: [] });
    expect(told).toBe(6);
    expect(await value(on, 'SELECT count(*) FROM entry WHERE id >= 10000')).toBe('0');
  });
});

describe('the line of an error', () => {
  // Twenty quick statements first, so that the failing one shares a message; the text begins on line 40.
  const before = `SELECT 0;\n${Array.from({ length: 19 }, (_, n) => `INSERT INTO entry VALUES (${20_000 + n}, '🦔 é', 1);`).join('\n')}\n`;
  it.each([
    ['an unknown column', '\nINSERT INTO entry (id, text,\n  amuont)\nVALUES (1, NULL, 2);', '42703', 62],
    ['a name after characters of two code units', "SELECT '🦔🦔🦔',\n  nothing;", '42703', 61],
    ['a broken constraint, which has no position', '\n\nINSERT INTO entry VALUES\n  (1, NULL, -1);', '23514', 62],
    ['a function that raises', "DO $$\nBEGIN\n  RAISE EXCEPTION 'no';\nEND $$;", 'P0001', 60],
    ['an unknown table', 'SELECT 1;\nSELECT 2\nFROM nowhere;', '42P01', 62],
  ])('is exact for %s', async (_, text, sqlstate, line) => {
    const done = await perform(on, await workOf(`${before}${text}\nSELECT 9;`, {}, 40));
    expect(done.state).toBe('rolled back');
    expect(done.error).toMatchObject({ sqlstate, line });
    expect(await value(on, 'SELECT count(*) FROM entry WHERE id >= 20000')).toBe('0');
  });

  it('is exact for a syntax that only the server refuses, before anything of the message ran', async () => {
    const work = await workOf(`${'SELECT 0;'.repeat(18)} SELECT 1;\nSELECT 2;\nSELECT 3;\nSELECT 4`);
    const broken = work.statements.map((one) => (one.index === 20 ? { ...one, sql: 'SELECT 3 FORM x y' } : one));
    const done = await perform(on, { ...work, statements: broken });
    expect(done.error).toMatchObject({ sqlstate: '42601', statement: 20, line: 3 });
    expect(done.finished.map(({ ready }) => ready.index)).toEqual([...Array.from({ length: 16 }, (_, n) => n), 20]);
  });

  it('is the row of the data for COPY', async () => {
    const done = await perform(on, await workOf('SELECT 1;\nCOPY entry (id, text, amount) FROM stdin;\n1\tone\t1\n2\ttwo\tmany\n\\.\n'));
    expect(done.error).toMatchObject({ sqlstate: '22P02', line: 4 });
  });
});

describe('COPY with its rows in the text', () => {
  it('loads them, a step of several, escapes and wide characters whole', async () => {
    const wide = `${'x'.repeat(65_535 - 2)}🦔🦔`;
    const done = await perform(on, await workOf(`CREATE TABLE copied (id int, text text);\nCOPY copied FROM stdin;\n1\t${wide}\n2\t\\N\n3\ta\\tb\\\\c\n\\.\nSELECT count(*) FROM copied;\nCOPY copied FROM stdin WITH (FORMAT csv);\n4,"a,b"\n\\.\n`));
    expect(done).toMatchObject({ state: 'committed', error: null });
    expect(done.finished.map(({ measured }) => measured.affected)).toEqual([null, 3, null, 1]);
    expect(await value(on, 'SELECT text FROM copied WHERE id = 1')).toBe(wide);
    expect(await value(on, "SELECT string_agg(coalesce(text, '<null>'), '|' ORDER BY id) FROM copied WHERE id > 1")).toBe('<null>|a\tb\\c|a,b');
  });

  it('cuts no character in two between the pieces', () => {
    const text = `${'x'.repeat(65_535)}🦔${'é'.repeat(70_000)}`;
    expect(Buffer.concat([...chunks(text)]).toString('utf8')).toBe(text);
  });
});

describe('before COMMIT', () => {
  it('what an expectation compares with sees what the step did and writes nothing, by whatever function', async () => {
    await perform(on, await workOf("CREATE TABLE beside (n int); CREATE FUNCTION sly() RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO beside VALUES (99); RETURN 1; END $$"));
    const asked: (string | null)[] = [];
    const honest = await perform(on, await workOf('INSERT INTO beside VALUES (1); INSERT INTO beside VALUES (2)'), { judge: async (query) => { asked.push(await valueOf(query, 'SELECT count(*) FROM beside'), await valueOf(query, "SELECT 'again'")); return true; } });
    expect([honest.state, asked]).toEqual(['committed', ['2', 'again']]);
    for (const work of [await workOf('INSERT INTO beside VALUES (3)'), await workOf('VACUUM beside')]) {
      await perform(on, work, { judge: async (query) => {
        expect(await query('SELECT sly()')).toEqual({ refused: 'cannot execute INSERT in a read-only transaction (it may only read)' });
        return false;
      } });
    }
    expect(await value(on, "SELECT string_agg(n::text, ',' ORDER BY n) FROM beside")).toBe('1,2');
  });

  it('what an expectation compares with waits no longer for a lock than the step does, and is tried again with it', async () => {
    const other = await Session.open(await resolveConnection({ url: database.url, env: {} }), 'other');
    await other.client.query('BEGIN; LOCK TABLE entry');
    try {
      const held = await perform(on, await workOf('CREATE TABLE held ()', { lockTimeoutMs: 50 }), { judge: async (query) => (await valueOf(query, 'SELECT count(*) FROM entry')) === '0' });
      expect(held).toMatchObject({ state: 'rolled back', because: 'error', error: { sqlstate: '55P03' } });
    } finally {
      await other.close();
    }
    expect(await value(on, "SELECT to_regclass('held')")).toBeNull();
  });

  it('a false judgement rolls back: nothing was applied, no row of the ledger, COMMIT never announced', async () => {
    const work = await workOf(inserts(30_000, 1));
    const done = await perform(on, work, { judge: async (query) => (await valueOf(query, 'SELECT count(*) FROM entry WHERE id = 30000')) !== '1' });
    expect(done).toMatchObject({ state: 'rolled back', because: 'judged', committing: [] });
    expect(await value(on, 'SELECT count(*) FROM entry WHERE id = 30000')).toBe('0');
    expect(await rowOf(work)).toBeUndefined();
  });

  it('the attempt is announced, and its row of the ledger commits with the step', async () => {
    const work = await workOf(`BEGIN;\n${inserts(30_001, 1)}\nCOMMIT;`);
    const rowBefore: unknown[] = [];
    const done = await perform(on, work, { committing: async (id) => { rowBefore.push(await value(on, `SELECT count(*) FROM deploy_wizard.attempts WHERE attempt = '${id}'`)); } });
    expect(done.state).toBe('committed');
    expect(rowBefore).toEqual(['0']);
    expect(await rowOf(work)).toMatchObject({ state: 'committed' });
  });

  it('a COMMIT whose tag is ROLLBACK is a failure', async () => {
    const session = await Session.open(await resolveConnection({ url: database.url, env: {} }), 'test');
    const work = await workOf(inserts(30_002, 1), { ledger: false });
    const outcome = await inTransaction(session, work, {
      statements: async () => undefined, judge: async () => true, waiting: async () => undefined, progress: async () => undefined, connection: async () => undefined, stopping: () => false,
      // The transaction fails behind the engine's back.
      committing: async () => { await session.client.query('SELECT 1 / 0').catch(() => undefined); },
    }, plain, async () => undefined);
    expect(outcome).toMatchObject({ state: 'rolled back', error: { sqlstate: '25P02', message: expect.stringContaining('ROLLBACK') as string } });
    await session.close();
  });

  it('what the guide turned off for speed is on: an answered COMMIT is on disk', async () => {
    const session = await Session.open(await resolveConnection({ url: database.url, env: {} }), 'test');
    let seen: unknown = null;
    await inTransaction(session, await workOf(`SET LOCAL synchronous_commit = off; ${inserts(30_050, 1)}`, { ledger: false }), {
      statements: async () => undefined, judge: async () => true, waiting: async () => undefined, progress: async () => undefined, connection: async () => undefined, stopping: () => false,
      committing: async () => { seen = (await session.run('SHOW synchronous_commit')).rows[0]?.[0]; },
    }, plain, async () => undefined);
    await session.close();
    expect(seen).toBe('on');
  });

  it('a constraint that is checked at COMMIT fails the step', async () => {
    expect(await perform(on, await workOf('INSERT INTO child VALUES (-1)'))).toMatchObject({ state: 'rolled back', error: { sqlstate: '23503' } });
  });

  it('a statement that ends the transaction is found out', async () => {
    const work = await workOf(`${inserts(30_003, 1)} SELECT 1;`);
    const done = await perform(on, { ...work, statements: work.statements.map((one) => (one.index === 1 ? { ...one, sql: 'COMMIT' } : one)) });
    expect(done).toMatchObject({ state: 'unknown', error: { sqlstate: '25P01' }, committing: [] });
    // What is unknown here is decided by the ledger, as after a crash.
    expect(await rowOf(work)).toMatchObject({ state: 'committed' });
  });
});

it('the run keeps its lock when a statement lets go of all of them', async () => {
  const other = await target(database.url);
  const holder = { operator: 'ada', host: 'here', run: 'one', since: '2026-01-01T00:00:00Z' };
  expect(await on.lock(holder)).toBeNull();
  for (const sql of ['DISCARD ALL', 'SELECT pg_advisory_unlock_all()']) {
    expect((await perform(on, await workOf(sql, { ledger: false }))).state).toBe('committed');
    expect(await other.lock({ ...holder, operator: 'bob' })).toMatchObject({ operator: 'ada', run: 'one' });
  }
  await other.close();
});

describe('a statement that begins with WITH', () => {
  it.each([
    ['WITH new AS (SELECT generate_series(50001, 52500) AS id) INSERT INTO entry SELECT id, NULL, 1 FROM new RETURNING id', 'INSERT'],
    ['WITH one AS (SELECT 1) UPDATE entry SET amount = 2 WHERE id BETWEEN 50001 AND 52500 RETURNING id', 'UPDATE'],
    ['WITH one AS (SELECT 1) DELETE FROM entry WHERE id BETWEEN 50001 AND 52500 RETURNING id', 'DELETE'],
  ])('counts all that it changes, also where it returns the rows: %s', async (sql, command) => {
    expect((await perform(on, await workOf(sql))).finished[0]?.measured).toMatchObject({ command, affected: 2500, rowCount: 2500 });
  });
});

describe('a transaction of a guide', () => {
  it('is read as it would be one by one: backslashes mean what they did before the next statement', async () => {
    await perform(on, await workOf(`${'SELECT 0;'.repeat(17)} SET standard_conforming_strings = off; INSERT INTO entry VALUES (60000, 'a\\\\b', 1); SET standard_conforming_strings = on; INSERT INTO entry VALUES (60001, 'a\\\\b', 1)`));
    expect(await value(on, "SELECT string_agg(text, ' ' ORDER BY id) FROM entry WHERE id IN (60000, 60001)")).toBe('a\\b a\\\\b');
  });

  it.each(["BEGIN READ WRITE, ISOLATION LEVEL SERIALIZABLE", "BEGIN; SET LOCAL lock_timeout = '5s'; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", 'BEGIN; SET TRANSACTION READ WRITE; SET TRANSACTION DEFERRABLE, ISOLATION LEVEL SERIALIZABLE'])('has the mode that it asks for: %s', async (begin) => {
    const done = await perform(on, await workOf(`${begin}; UPDATE entry SET amount = 1 WHERE id = 0; SHOW transaction_isolation; COMMIT`));
    expect(done).toMatchObject({ state: 'committed', error: null });
    expect(done.finished.at(-1)?.measured.rows).toEqual([['serializable']]);
  });

  it('keeps its savepoints where errors are tolerated', async () => {
    const done = await perform(on, await workOf(`SAVEPOINT a; ${inserts(60_010, 1)} ROLLBACK TO a; ${inserts(60_011, 1)} RELEASE a`, { tolerate: ['42P07'] }));
    expect(done).toMatchObject({ state: 'committed', error: null });
    expect(await value(on, 'SELECT string_agg(id::text, \' \') FROM entry WHERE id IN (60010, 60011)')).toBe('60011');
  });

  it('can be tried again after it prepared a statement, which no ROLLBACK takes back', async () => {
    const work = await workOf('PREPARE "my p" AS SELECT 1; EXECUTE "my p"; SELECT 1 / 0');
    await perform(on, work);
    expect((await perform(on, work)).error).toMatchObject({ sqlstate: '22012' });
  });

  it('may take longer than the role allows a transaction, and a session may be idle for as long as a person thinks', async () => {
    const limits = (await value(on, "SELECT current_setting('server_version_num')::int / 10000")) ?? '0';
    const sets = [...(Number(limits) >= 14 ? ['idle_session_timeout'] : []), ...(Number(limits) >= 17 ? ['transaction_timeout'] : [])];
    for (const name of sets) await perform(on, await workOf(`ALTER DATABASE ${database.connection.database} SET ${name} = '200ms'`));
    const limited = await target(database.url, { ledger: false });
    const asked = await workOf('SELECT pg_sleep(0.3); SELECT pg_backend_pid()', { ledger: false });
    const before = await perform(limited, asked);
    await value(on, 'SELECT pg_sleep(0.3)');
    const after = await perform(limited, asked);
    expect(after).toMatchObject({ state: 'committed', error: null });
    expect(after.finished[1]?.measured.rows).toEqual(before.finished[1]?.measured.rows);
    for (const name of sets) await perform(on, await workOf(`ALTER DATABASE ${database.connection.database} RESET ${name}`));
    await limited.close();
  });
});

describe('what is told of a statement', () => {
  it('keeps the first notices of a flood, says how many more there were, and judges by no notice that is missing', async () => {
    const done = await perform(on, await workOf("DO $$ BEGIN FOR n IN 1..20000 LOOP RAISE NOTICE 'row %', n; END LOOP; END $$"));
    const measured = done.finished[0]?.measured;
    expect(measured?.notices).toHaveLength(2001);
    expect(measured?.notices.at(-1)?.message).toBe('18000 more notices were not kept');
    const judged = (contains: string, present: boolean): string => (measured ? evaluate({ type: 'notice', contains, present }, measured, { parameters: {}, queries: {} }).verdict : 'none');
    expect([judged('row 7', true), judged('row 7', false), judged('FAIL', false), judged('done', true)]).toEqual(['passed', 'failed', 'asked', 'asked']);
  });

  it('goes on while the step has the ledger locked: its copy comes later', async () => {
    await on.useLedger();
    let waited = 0;
    await perform(on, await workOf('LOCK TABLE deploy_wizard.events IN ACCESS EXCLUSIVE MODE'), { statements: async () => {
      const start = performance.now();
      await on.mirror('run', [{ seq: 1, line: '{"type":"note"}' }]).catch(() => undefined);
      waited = performance.now() - start;
    } });
    expect(waited).toBeLessThan(5000);
    await on.mirror('run', []);
    expect(await value(on, "SELECT count(*) FROM deploy_wizard.events WHERE run = 'run'")).toBe('1');
  });
});
