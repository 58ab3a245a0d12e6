import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folder, wizard } from '../cli/support.js';
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

it('a dump of many rows is a step of little memory: compiled, judged and loaded twice in a heap of less than its size', async () => {
  const dump = join(folder(), 'dump.sql');
  const file = openSync(dump, 'w');
  writeSync(file, 'CREATE TABLE public.loaded (n int, text text);\nCOPY public.loaded (n, text) FROM stdin;\n');
  for (let n = 0; n < 120; n += 1) writeSync(file, `1\t${'x'.repeat(1000)}\n`.repeat(1000));
  writeSync(file, '\\.\n');
  closeSync(file);
  const guide = join(dirname(dump), 'load.md');
  writeFileSync(guide, '# Load\n\n## Steps\n\n```sql file=dump.sql\n```\n\n```sql\nSELECT count(*) FROM public.loaded;\n```\n\nExpected: 120000\n\n## Rollback\n\n```sql\nDROP TABLE public.loaded;\n```\n');
  const ended = await wizard(['rehearse', guide, '--headless', '--yes', '--logs', folder()], { env: { NODE_OPTIONS: '--max-old-space-size=100' } });
  expect(ended.err).toContain('passed');
  expect(ended.code, ended.err).toBe(0);
});
