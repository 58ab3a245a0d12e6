import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { applySqlFiles } from '../../src/postgres/apply.js';
import { connectionEnvironment } from '../../src/postgres/connection-environment.js';
import { resolveConnection } from '../../src/postgres/connection.js';
import { createScratch } from '../../src/postgres/scratch.js';
import { scriptPieces } from '../../src/postgres/script.js';
import { startLocalServer } from '../../src/rehearsal/embedded.js';
import { snapshotDatabase } from '../../src/rehearsal/snapshot-database.js';
import { compareSnapshots } from '../../src/rehearsal/snapshot/compare.js';
import type { ProblemError } from '../../src/text/problem.js';
import { folder, wizard } from '../cli/support.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';

interface Read { kind: string; sql: string; line: number; rows?: string }

async function pieces(text: string): Promise<Read[]> {
  const read: Read[] = [];
  for await (const piece of scriptPieces({ path: 'script', text })) {
    let rows = '';
    if (piece.kind === 'copy') for await (const some of piece.rows) rows += some.toString('utf8');
    read.push({ kind: piece.kind, sql: piece.sql.trim(), line: piece.line, ...(piece.kind === 'copy' ? { rows } : {}) });
  }
  return read;
}

describe('a script as psql reads it', () => {
  it('goes in one message, but for rows and for what refuses company', async () => {
    const text = "\\restrict abc\n\nSELECT 1; SELECT 2;\nVACUUM; SELECT 3;\nCOPY t (a, b) FROM stdin;\n1\t\\\\.x\n2\t;'\n\\.\n\n\nSELECT 4;\nCREATE INDEX\n CONCURRENTLY i ON t (a);\nSELECT 5\n\\unrestrict abc\n";
    expect(await pieces(text.replace('SELECT 5\n', 'SELECT 5;\n'))).toEqual([
      { kind: 'sql', sql: 'SELECT 1; SELECT 2;', line: 1 },
      { kind: 'sql', sql: 'VACUUM;', line: 3 },
      { kind: 'sql', sql: 'SELECT 3;', line: 4 },
      { kind: 'copy', sql: 'COPY t (a, b) FROM stdin;', line: 4, rows: "1\t\\\\.x\n2\t;'\n" },
      { kind: 'sql', sql: 'SELECT 4;', line: 9 },
      { kind: 'sql', sql: 'CREATE INDEX\n CONCURRENTLY i ON t (a);', line: 11 },
      { kind: 'sql', sql: 'SELECT 5;', line: 13 },
    ]);
  });

  it.each([
    ['a quote', "SELECT 'COPY t FROM stdin;\n\\restrict\n';"],
    ['a quote with escapes', "SELECT E'it\\'s; \n COPY t FROM stdin;\n';"],
    ['a name in quotes', 'SELECT 1 AS "VACUUM;\nCOPY t FROM stdin;";'],
    ['a dollar quote', "DO $do$ BEGIN\nEXECUTE $a$ VACUUM; $a$;\nCOPY t FROM stdin;\n$ END $do$;"],
    ['a nested comment', '/* COPY t FROM stdin; /* VACUUM; */\n; */ SELECT 1;'],
    ['a line comment', "SELECT 1 -- it's; COPY t FROM stdin;\n;"],
    ['parentheses', 'CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1;\nSELECT 2);'],
    ['a body of SQL', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC\n SELECT 1;\n SELECT 2;\nEND;'],
  ])('is not cut inside %s', async (_, text) => {
    const read = await pieces(`VACUUM;${text}\nVACUUM;`);
    expect(read.map((one) => one.sql)).toEqual(['VACUUM;', text, 'VACUUM;']);
  });

  it('reads backslashes as the setting of the script says, from the next statement on', async () => {
    const read = await pieces("SELECT 0;SET standard_conforming_strings = off;SELECT 'it\\'s; COPY t FROM stdin;';SET standard_conforming_strings TO 'on';SELECT '\\';SELECT 1;");
    expect(read.map((one) => one.sql)).toEqual(['SELECT 0;', 'SET standard_conforming_strings = off;', "SELECT 'it\\'s; COPY t FROM stdin;';", "SET standard_conforming_strings TO 'on';", "SELECT '\\';SELECT 1;"]);
  });

  it('refuses a command of psql that would do something, with its line', async () => {
    await expect(pieces('SELECT 1;\n\\i other.sql\n')).rejects.toMatchObject({ problem: { where: 'script:2', what: expect.stringContaining('\\i') as string } });
  });
});

describe('a baseline', () => {
  let database: TestDatabase;
  beforeAll(async () => { database = await freshDatabase(); });
  afterAll(() => database.drop());

  it.each([
    ['CREATE TABLE a (id int);\n\nSELECT nothing\nFROM a;', ':3'],
    ['CREATE TABLE b (id int);\nCOPY b FROM stdin;\n1\n2\nthree\n4\n\\.\nSELECT 1;', ':5'],
    ["CREATE TABLE c (id int);\nCOPY c FROM stdin;\n1\n\\.\n\nSELECT '🦔',\n nothing;", ':7'],
    ['VACUUM;\nVACUUM nowhere;', 'script'],
  ])('that fails names the line', async (text, where) => {
    await expect(applySqlFiles(database.url, [{ path: 'script', text }])).rejects.toMatchObject({ problem: { where: expect.stringMatching(new RegExp(`${where}$`)) as string } } satisfies { problem: Partial<ProblemError['problem']> });
  });
});

const installed = spawnSync('pg_dump', ['--version']).status === 0;

describe.runIf(installed)('a plain file of pg_dump, with data', () => {
  it('works as baseline and as the file of a step, and gives the same database', async () => {
    const server = await startLocalServer();
    try {
      const source = await createScratch(server.url);
      const [asBaseline, asStep] = [await createScratch(server.url), await createScratch(server.url)];
      await applySqlFiles(source.url, [{ path: 'made', text: `
        CREATE TYPE public.mood AS ENUM ('fine', 'bad');
        CREATE TABLE public.note (id serial PRIMARY KEY, text text, mood public.mood DEFAULT 'fine');
        INSERT INTO public.note (text) SELECT CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN E'tab\\tline\\nback\\\\slash \\\\.' WHEN 2 THEN '🦔; COPY x FROM stdin;' ELSE repeat('x', n) END FROM generate_series(1, 2000) n;
        CREATE FUNCTION public.shout(t text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN upper(t) || ';'; END $$;
        CREATE VIEW public.loud AS SELECT public.shout(text) FROM public.note; CREATE INDEX note_text ON public.note (left(text, 100));` }]);
      const dump = join(folder(), 'dump.sql');
      const ended = spawnSync(join(server.binaries, 'pg_dump'), ['--no-owner'], { env: { PATH: process.env['PATH'], ...connectionEnvironment(await resolveConnection({ url: source.url, env: {} })) }, encoding: 'utf8', maxBuffer: 2 ** 28 });
      expect(ended.status, ended.stderr).toBe(0);
      expect(ended.stdout).toContain('\\restrict');
      writeFileSync(dump, ended.stdout);
      await applySqlFiles(asBaseline.url, [{ path: dump }]);
      const guide = join(dump, '..', 'guide.md');
      writeFileSync(guide, '---\nguide: dump\n---\n# Dump\n\n## Deployment\n\n```sql id=load file=dump.sql\n```\n\n```sql\nSELECT count(*) FROM public.note;\n```\n\n```expect\nvalue = 2000\n```\n');
      const ran = await wizard(['run', guide, '--database', asStep.url, '--headless', '--yes', '--no-ledger', '--logs', folder()]);
      expect(ran.code, ran.err).toBe(0);
      const wanted = await snapshotDatabase(source.url);
      for (const made of [asBaseline, asStep]) expect(compareSnapshots(wanted, await snapshotDatabase(made.url))).toMatchObject({ clean: true });
      const client = new pg.Client(asStep.url);
      await client.connect();
      expect((await client.query("SELECT nextval('public.note_id_seq')::int AS n, current_setting('search_path') AS path")).rows).toEqual([{ n: 2001, path: '"$user", public' }]);
      await client.end();
      for (const one of [source, asBaseline, asStep]) await one.drop();
    } finally {
      await server.stop();
    }
  });
});
