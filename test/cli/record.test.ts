import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { freshDatabase } from '../support/server.js';
import { folder, wizard } from './support.js';

/** A guide of three migration files; the last one's expectation is what `rows` says. */
function guideOf(rows: number): string {
  const cwd = folder();
  mkdirSync(join(cwd, 'migrations'));
  writeFileSync(join(cwd, 'migrations/20260101000001_note.sql'), "-- Notes\nBEGIN;\nCREATE TABLE public.note (id int);\nINSERT INTO public.note VALUES (:'first');\nCOMMIT;\n");
  writeFileSync(join(cwd, 'migrations/20260101000002_note_index.sql'), 'CREATE INDEX CONCURRENTLY note_id ON public.note (id);\n');
  writeFileSync(join(cwd, 'migrations/20260101000003_more.sql'), 'INSERT INTO public.note VALUES (2), (3);\n');
  const path = join(cwd, 'sample.md');
  writeFileSync(path, `---
guide: sample
database: supabase
record: supabase
migrations: migrations
parameters: { first: { type: integer, secret: true } }
---
# Sample

## Deployment

\`\`\`sql id=note file=20260101000001_note.sql
\`\`\`

\`\`\`sql id=index file=20260101000002_note_index.sql
\`\`\`

\`\`\`sql id=more file=20260101000003_more.sql
\`\`\`

\`\`\`expect
affected = ${rows}
\`\`\`

## Rollback

\`\`\`sql reverts=more
DELETE FROM public.note WHERE id > 1;
\`\`\`

\`\`\`sql reverts="index,note"
DROP TABLE public.note;
\`\`\`
`);
  return path;
}

it('record: supabase enters what was applied in the step\'s own transaction, without a ledger too, and the rollback takes it out', async () => {
  const database = await freshDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  const recorded = async (): Promise<unknown[]> => (await client.query('SELECT version, name, statements FROM supabase_migrations.schema_migrations ORDER BY version')).rows;
  // The table of an older command line, with a migration of its own.
  await client.query("CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY); INSERT INTO supabase_migrations.schema_migrations VALUES ('20250101000000')");
  const before = { version: '20250101000000', name: null, statements: null };
  const logs = folder();
  const failed = await wizard(['run', guideOf(99), '--database', database.url, '--headless', '--yes', '--param', 'first=1', '--logs', logs, '--no-ledger']);
  expect(failed.code, failed.err).toBe(1);
  const applied = [
    // As the file has it: the value of a parameter may be secret. The transaction is ours.
    { version: '20260101000001', name: 'note', statements: ['CREATE TABLE public.note (id int)', "INSERT INTO public.note VALUES (:'first')"] },
    { version: '20260101000002', name: 'note_index', statements: ['CREATE INDEX CONCURRENTLY note_id ON public.note (id)'] },
  ];
  // The third was rolled back, and its entry with it.
  expect(await recorded()).toEqual([before, ...applied]);
  // A second run, or the Supabase command line before the first: what is in the list was applied.
  const twice = await wizard(['run', guideOf(2), '--database', database.url, '--headless', '--yes', '--param', 'first=1', '--logs', folder(), '--no-ledger']);
  expect(twice.code, twice.err).toBe(1);
  expect(twice.err).toContain('schema_migrations has 20260101000001 already');
  expect((await client.query('SELECT id FROM public.note')).rows).toEqual([{ id: 1 }]);
  const [run] = (JSON.parse((await wizard(['runs', '--json', '--logs', logs])).out) as { run: string }[]);
  const back = await wizard(['rollback', run?.run ?? '', '--database', database.url, '--headless', '--yes', '--logs', logs]);
  expect(back.code, back.err).toBe(5);
  expect(await recorded()).toEqual([before]);
  await client.end();
});

it('record: supabase in the configuration holds for a directory of migrations, and a later run finds the table complete', async () => {
  const database = await freshDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  // The table as the command line makes it today.
  await client.query('CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY, statements text[], name text, created_by text, idempotency_key text UNIQUE)');
  const cwd = folder();
  const logs = join(cwd, 'logs');
  mkdirSync(join(cwd, 'migrations/rollback'), { recursive: true });
  writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'record: supabase\n');
  writeFileSync(join(cwd, 'migrations/20260101001_note.sql'), 'CREATE TABLE public.note (id int);\n');
  writeFileSync(join(cwd, 'migrations/20260101002_note_index.sql'), 'CREATE INDEX CONCURRENTLY note_id ON public.note (id);\n');
  writeFileSync(join(cwd, 'migrations/rollback/20260101002_note_index.sql'), 'DROP INDEX public.note_id;\n');
  writeFileSync(join(cwd, 'migrations/rollback/20260101001_note.sql'), 'DROP TABLE public.note;\n');
  const recorded = async (): Promise<unknown[]> => (await client.query('SELECT version, name, statements FROM supabase_migrations.schema_migrations ORDER BY version')).rows;
  const ended = await wizard(['run', 'migrations', '--database', database.url, '--headless', '--yes', '--logs', logs], { cwd });
  expect(ended.code, ended.err).toBe(0);
  expect(await recorded()).toEqual([
    { version: '20260101001', name: 'note', statements: ['CREATE TABLE public.note (id int)'] },
    { version: '20260101002', name: 'note_index', statements: ['CREATE INDEX CONCURRENTLY note_id ON public.note (id)'] },
  ]);
  const [run] = (JSON.parse((await wizard(['runs', '--json', '--logs', logs])).out) as { run: string }[]);
  const back = await wizard(['rollback', run?.run ?? '', '--database', database.url, '--headless', '--yes', '--logs', logs], { cwd });
  expect(back.code, back.err).toBe(5);
  expect(await recorded()).toEqual([]);
  await client.end();
});
