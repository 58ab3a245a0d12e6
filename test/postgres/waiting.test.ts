import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import type { Target } from '../../src/engine/ports.js';
import type { Blocker, Progress } from '../../src/steps/fact.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { perform, target, value, workOf } from './support.js';

let database: TestDatabase;
let on: Target;
let holder: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  on = await target(database.url, { timeouts: { lockMs: 30_000, statementMs: 60_000, idleMs: 60_000 } });
  await perform(on, await workOf('CREATE TABLE entry AS SELECT n AS id, repeat(md5(n::text), 8) AS text FROM generate_series(1, 60000) n; CREATE TABLE other (id int)'));
  // An index whose expression waits: what computes it again (CLUSTER, ANALYZE) waits there.
  await perform(on, await workOf("CREATE FUNCTION held(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock_shared(78); RETURN $1; END'; CREATE TABLE kept AS SELECT generate_series(1, 3) AS id; CREATE INDEX kept_id ON kept (id); CREATE INDEX kept_held ON kept (held(id))"));
  holder = new pg.Client({ connectionString: database.url, application_name: 'reporting' });
  await holder.connect();
});

afterAll(async () => {
  await holder.end().catch(() => undefined);
  await on.close();
  await database.drop();
});

describe('while a statement waits for a lock', () => {
  it('tells who holds it, since when, with what; and that the wait is over', async () => {
    await holder.query("BEGIN; UPDATE entry SET text = 'held' WHERE id = 1");
    const heard: Blocker[][] = [];
    const done = await perform(on, await workOf('ALTER TABLE entry ADD COLUMN note text'), {
      waiting: async (blockers) => {
        heard.push(blockers);
        if (blockers.length > 0) await holder.query('COMMIT');
      },
    });
    expect(done.state).toBe('committed');
    expect(heard[0]).toMatchObject([{ user: 'postgres', application: 'reporting', state: 'idle in transaction', query: expect.stringContaining('UPDATE entry') as string }]);
    expect(heard[0]?.[0]?.holds).toContain('entry RowExclusive');
    expect(Date.parse(heard[0]?.[0]?.since ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('tells of a prepared transaction, which no session holds', async () => {
    await holder.query("BEGIN; UPDATE entry SET text = 'held' WHERE id = 1; PREPARE TRANSACTION 'left'");
    const heard: Blocker[][] = [];
    await perform(on, await workOf('LOCK TABLE entry'), {
      waiting: async (blockers) => {
        heard.push(blockers);
        if (blockers.length > 0) await holder.query("ROLLBACK PREPARED 'left'");
      },
    });
    expect(heard[0]).toMatchObject([{ pid: 0, user: 'postgres', state: 'prepared', query: expect.stringContaining("ROLLBACK PREPARED 'left'") as string }]);
  });

  it('tells that mere reading holds it, where that is what keeps us waiting', async () => {
    await holder.query('BEGIN; SELECT FROM entry');
    const heard: Blocker[][] = [];
    await perform(on, await workOf('ALTER TABLE entry ADD COLUMN tag text'), {
      waiting: async (blockers) => {
        heard.push(blockers);
        if (blockers.length > 0) await holder.query('COMMIT');
      },
    });
    expect(heard[0]?.[0]?.holds).toEqual(['entry AccessShare']);
  });

  it.each(['cancel', 'terminate'] as const)('can %s the blocker on a person\'s word, and nobody else', async (how) => {
    const blocker = new pg.Client({ connectionString: database.url });
    blocker.on('error', () => undefined);
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE other');
    const running = how === 'cancel' ? blocker.query('SELECT pg_sleep(60)').catch((error: pg.DatabaseError) => blocker.query('ROLLBACK').then(() => error.code)) : new Promise((resolve) => { blocker.once('end', () => resolve('57P01')); });
    const innocent = Number((await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid);
    const answers: boolean[] = [];
    const done = await perform(on, await workOf('ALTER TABLE other ADD COLUMN IF NOT EXISTS note text'), {
      waiting: async ([first]) => {
        if (first) answers.push(await on.endBlocker(innocent, how), await on.endBlocker(first.pid, how));
      },
    });
    expect(done.state).toBe('committed');
    expect(answers).toEqual([false, true]);
    expect(await running).toBe(how === 'cancel' ? '57014' : '57P01');
    expect((await holder.query('SELECT 1')).rowCount).toBe(1);
    await blocker.end().catch(() => undefined);
  });

  it('gives up after its own lock timeout, and after its own statement timeout', async () => {
    await holder.query('BEGIN; LOCK TABLE other');
    expect((await perform(on, await workOf('ALTER TABLE other ADD COLUMN x int', { lockTimeoutMs: 50 }))).error?.sqlstate).toBe('55P03');
    expect((await perform(on, await workOf('ALTER TABLE other ADD COLUMN x int', { timeoutMs: 50 }))).error?.sqlstate).toBe('57014');
    await holder.query('ROLLBACK');
    expect((await perform(on, await workOf('SELECT pg_sleep(20)', { timeoutMs: 50 }))).error?.sqlstate).toBe('57014');
  });

  it('sets the idle timeout for the time that nobody sends anything', async () => {
    const done = await perform(on, await workOf('SHOW idle_in_transaction_session_timeout'));
    expect(done.finished[0]?.measured.rows).toEqual([['1min']]);
  });

  it('is ended by the server when it passes: rolled back, told, and the next step runs', async () => {
    const told: string[] = [];
    const short = await target(database.url, { timeouts: { lockMs: 2000, statementMs: 60_000, idleMs: 200 } });
    const gone = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND application_name = 'test'`;
    const done = await perform(short, await workOf('CREATE TABLE never (id int)'), {
      judge: async () => { while (Number(await value(on, gone)) > 0); return true; },
      connection: async (_, text) => { told.push(text); },
    });
    expect(done).toMatchObject({ state: 'rolled back' });
    expect(told.join()).toMatch(/connection was lost/);
    expect(await value(on, "SELECT to_regclass('never') IS NULL")).toBe('t');
    expect((await perform(short, await workOf('CREATE TABLE after_it (id int)'))).state).toBe('committed');
    await short.close();
  });
});

describe('the progress of a statement', () => {
  it.each([
    // An open writer holds an index back that is built concurrently; a page that a cursor pins holds back a freezing VACUUM.
    ['CREATE INDEX CONCURRENTLY', "UPDATE entry SET text = 'held' WHERE id = 2", 'CREATE INDEX CONCURRENTLY entry_text ON entry (text)', /waiting for writers/, 'entry'],
    ['VACUUM', 'DECLARE c CURSOR FOR SELECT * FROM entry; FETCH 1 FROM c', 'VACUUM (FREEZE, DISABLE_PAGE_SKIPPING) entry', /scanning heap/, 'entry'],
    ['CLUSTER', 'SELECT pg_advisory_xact_lock(78)', 'CLUSTER kept USING kept_id', /rebuilding index/, 'kept'],
    ['ANALYZE', 'SELECT pg_advisory_xact_lock(78)', 'ANALYZE kept', /computing statistics/, 'kept'],
  ])('of %s is told from the server\'s own view', async (command, hold, sql, phase, relation) => {
    const told: Progress[] = [];
    await holder.query(`BEGIN; ${hold}`);
    const done = await perform(on, await workOf(sql), {
      progress: async (sight) => {
        told.push(sight);
        // Held back until it was told, so that there is something to see however fast the machine is.
        await holder.query('COMMIT');
      },
    });
    expect(done.error).toBeNull();
    expect(told[0]).toMatchObject({ command, relation, phase: expect.stringMatching(phase) as string });
  });

  it('of COPY counts rows; a table of the same transaction, which nobody else can see, has no name', async () => {
    // Sent slowly by the trigger, which lets the copy pass once its progress was told.
    const made = (table: string): string => `CREATE TABLE ${table} (id int); CREATE TRIGGER wait BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION wait();`;
    const copy = (table: string): string => `COPY ${table} FROM stdin;\n1\n2\n\\.\n`;
    await perform(on, await workOf(`CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(77); RETURN NEW; END $$; ${made('slow')}`));
    const sights: Progress[] = [];
    for (const sql of [copy('slow'), `${made('fresh')}\n${copy('fresh')}`]) {
      await holder.query('BEGIN; SELECT pg_advisory_xact_lock(77)');
      const done = await perform(on, await workOf(sql), { progress: async (sight) => { sights.push(sight); await holder.query('COMMIT'); } });
      expect(done.state).toBe('committed');
    }
    expect(sights).toMatchObject([{ command: 'COPY FROM', relation: 'slow', unit: 'rows' }, { command: 'COPY FROM', relation: null, unit: 'rows' }]);
  });
});
