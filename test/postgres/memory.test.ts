import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/server.js';

/** Megabytes that the largest result may cost beyond the program itself. */
const ALLOWED = 150;

let database: TestDatabase;

beforeAll(async () => { database = await freshDatabase(); });
afterAll(() => database.drop());

interface Read { error: unknown; rows: number | null; affected: number | null; kept: number | null; truncated: boolean | null; grown: number }

async function read(sql: string): Promise<Read> {
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'read-rows.ts'), database.url, sql]);
  return JSON.parse(stdout) as Read;
}

it.each([
  ['a SELECT, through a cursor', "SELECT n, md5(n::text), repeat('x', 100) FROM generate_series(1, 1000000) AS n", 1_000_000],
  ['a SELECT of rows so wide that a batch of them would be more', "SELECT repeat('x', 12000000) FROM generate_series(1, 18)", 18],
  ['an INSERT that returns its rows, with others in one message', `${'SELECT 1;'.repeat(20)} CREATE TEMP TABLE t (n int, t text); INSERT INTO t SELECT n, repeat('x', 100) FROM generate_series(1, 400000) n RETURNING *`, 400_000],
])('one million rows cost no more than 150 MB: %s', async (_, sql, rows) => {
  const done = await read(sql);
  expect(done).toMatchObject({ error: null, rows, truncated: true });
  expect(done.kept).toBeLessThanOrEqual(1000);
  expect(done.grown).toBeLessThan(ALLOWED);
  process.stdout.write(`memory: ${rows} rows, ${done.grown} MB more\n`);
});
