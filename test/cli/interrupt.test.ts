import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { live, type Live } from './live.js';
import { folder, guideFile, wizard } from './support.js';

let database: TestDatabase;
let holder: pg.Client;

beforeEach(async () => {
  database = await freshDatabase();
  holder = new pg.Client(database.url);
  await holder.connect();
});

afterEach(async () => {
  await holder.end();
  await database.drop();
});

/** Makes something, then holds it. */
async function hold(made: string, held: string): Promise<void> {
  await holder.query(made);
  await holder.query(`BEGIN; ${held}`);
}

/** Runs a guide of one SQL step (or more fences) and gives what is needed to go on with it. */
function start(body: string): Live & { logs: string } {
  const logs = folder();
  const guide = guideFile(`# Stop\n\n## Deployment\n\n${body}\n`);
  return { ...live(['run', guide, '--database', database.url, '--headless', '--yes', '--logs', logs]), logs };
}

const resume = (logs: string): ReturnType<typeof wizard> => wizard(['resume', '--database', database.url, '--headless', '--yes', '--logs', logs]);

async function value(sql: string): Promise<unknown> {
  return Object.values((await holder.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];
}

/** Whether some backend of the wizard runs this statement. */
async function runs(like: string): Promise<void> {
  while (await value(`SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '${like}%'`) === 0);
}

/** Whether a process has taken its SIGINT: two that are pending at once would be one. */
async function taken(pid = 0): Promise<void> {
  const pending = (): boolean => /^(?:Sig|Shd)Pnd:\s*\w*[2367abef]$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  while (process.platform === 'linux' && pending()) await new Promise(setImmediate);
}

describe('ctrl-c', () => {
  it('once: the statement that runs ends, nothing more is sent, the step is rolled back; resume goes on', async () => {
    await hold('CREATE TABLE gate (id int)', 'LOCK TABLE gate');
    const run = start('```sql id=first\nCREATE TABLE early (id int);\n```\n\n```sql id=second\nCREATE TABLE one (id int);\nALTER TABLE gate ADD COLUMN a int;\nCREATE TABLE two (id int);\n```');
    await run.until('waiting.seen');
    run.child.kill('SIGINT');
    // The stop is heard before the gate opens: the second statement is let through, the third is not sent.
    await taken(run.child.pid);
    await holder.query('COMMIT');
    const { code, err } = await run.ended;
    expect(code).toBe(130);
    // Those who look from the second connection take turns; the driver warns of questions that overlap.
    expect(err).not.toContain('Deprecation');
    expect(run.events.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'interrupted', exitCode: 130 });
    expect(await value("SELECT to_regclass('early') IS NOT NULL AND to_regclass('one') IS NULL AND to_regclass('two') IS NULL")).toBe(true);
    expect(await value("SELECT count(*)::int FROM deploy_wizard.attempts WHERE step = 'second'")).toBe(0);
    expect((await resume(run.logs)).code).toBe(0);
    expect(await value("SELECT to_regclass('one') IS NOT NULL AND to_regclass('two') IS NOT NULL")).toBe(true);
  });

  it('twice: a real cancel request ends the statement, the step is rolled back, the run ends in order', async () => {
    const run = start('```sql id=slow\nCREATE TABLE slow (id int);\nSELECT pg_sleep(300);\n```');
    await runs('SELECT pg_sleep(300)');
    run.child.kill('SIGINT');
    await taken(run.child.pid);
    run.child.kill('SIGINT');
    const { code, err } = await run.ended;
    expect(code).toBe(130);
    expect(err.match(/Stopping after the statement that runs; ctrl-c once more cancels it\./g)).toHaveLength(1);
    expect(run.events.find((event) => event.type === 'statement.finished' && event.result.error?.sqlstate === '57014')).toBeDefined();
    expect(run.events.find((event) => event.type === 'step.finished')).toMatchObject({ verdict: 'pending', applied: false });
    expect(await value("SELECT to_regclass('slow') IS NULL")).toBe(true);
  });

  it('outside a transaction: what is done stays done and is not sent again', async () => {
    await hold('CREATE TABLE item (id int)', 'INSERT INTO item VALUES (1)');
    const run = start('```sql id=indexes\nCREATE INDEX CONCURRENTLY item_one ON item (id);\nCREATE INDEX CONCURRENTLY item_two ON item (id);\n```');
    await run.until('waiting.seen');
    run.child.kill('SIGINT');
    await taken(run.child.pid);
    await holder.query('COMMIT');
    expect((await run.ended).code).toBe(130);
    expect(await value("SELECT to_regclass('item_one') IS NOT NULL AND to_regclass('item_two') IS NULL")).toBe(true);
    const again = await resume(run.logs);
    expect(again.code, again.err).toBe(0);
    expect(await value("SELECT count(*)::int FROM pg_index WHERE indrelid = 'item'::regclass AND indisvalid")).toBe(2);
  });

  it('while a retry is waited for', async () => {
    await hold('CREATE TABLE busy (id int)', 'LOCK TABLE busy');
    const run = start('```sql lock-timeout=50ms retries=9\nALTER TABLE busy ADD COLUMN a int;\n```');
    await run.until('attempt.retried', (event) => event.afterMs > 1000);
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    await holder.query('COMMIT');
  });
});

describe('a step with retries', () => {
  it('is tried again whole after a lock timeout', async () => {
    await hold('CREATE TABLE locked (id int)', 'LOCK TABLE locked');
    const run = start('```sql id=again lock-timeout=50ms retries=5\nCREATE TABLE whole (id int);\nALTER TABLE locked ADD COLUMN a int;\n```');
    expect(await run.until('attempt.retried')).toMatchObject({ sqlstate: '55P03' });
    await holder.query('COMMIT');
    expect((await run.ended).code).toBe(0);
    expect(await value("SELECT count(*)::int FROM deploy_wizard.attempts WHERE step = 'again'")).toBe(1);
  });

  it('is tried again whole after a deadlock', async () => {
    // The other session never looks for deadlocks: the step is the one that is ended.
    await hold("CREATE TABLE a (id int); CREATE TABLE b (id int); SET deadlock_timeout = '1h'", "LOCK TABLE b");
    const run = start('```sql retries=5\nLOCK TABLE a;\nLOCK TABLE b;\nALTER TABLE b ADD COLUMN x int;\n```');
    await run.until('waiting.seen');
    const crossing = holder.query('LOCK TABLE a');
    expect(await run.until('attempt.retried')).toMatchObject({ sqlstate: '40P01' });
    await crossing;
    await holder.query('COMMIT; RESET deadlock_timeout');
    expect((await run.ended).code).toBe(0);
  });

  it('is tried again whole after a serialization failure, in the isolation level that its BEGIN asks for', async () => {
    await hold('CREATE TABLE account (id int, amount int); INSERT INTO account VALUES (1, 10)', 'UPDATE account SET amount = 20');
    const run = start('```sql retries=5\nBEGIN ISOLATION LEVEL REPEATABLE READ;\nSELECT sum(amount) FROM account;\nUPDATE account SET amount = amount + 1;\nCOMMIT;\n```');
    await run.until('waiting.seen');
    await holder.query('COMMIT');
    expect(await run.until('attempt.retried')).toMatchObject({ sqlstate: '40001' });
    expect((await run.ended).code).toBe(0);
    expect(await value('SELECT amount FROM account')).toBe(21);
  });

  it('goes on where it stood outside a transaction: what is done is not sent again', async () => {
    await hold('CREATE TABLE part (id int); CREATE INDEX part_old ON part (id)', 'LOCK TABLE part IN ACCESS SHARE MODE');
    const run = start('```sql lock-timeout=50ms retries=5\nCREATE DATABASE retried_once;\nREINDEX INDEX CONCURRENTLY part_old;\nDROP DATABASE retried_once;\n```'.replace('REINDEX INDEX CONCURRENTLY part_old', 'DROP INDEX CONCURRENTLY part_old'));
    await run.until('attempt.retried');
    await holder.query('COMMIT');
    const { code, err } = await run.ended;
    expect(code, err).toBe(0);
    expect(run.events.filter((event) => event.type === 'statement.finished' && event.result.command === 'CREATE DATABASE')).toHaveLength(1);
  });
});
