import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { expect, it } from 'vitest';
import { narrowed, widened } from '../../src/postgres/narrow.js';
import { databaseUrl } from '../../src/rehearsal/embedded.js';
import { folder, guideFile, wizard } from '../cli/support.js';
import { administer, testServer } from '../support/server.js';

it('any line of a journal comes back from its narrow form as it was, and means the same', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('\\', 'u', '2', '1', '9', 'd', '8', '3', '→', '🦔', '\ud83e', '\udd94', '"', '\n') }), (some, odd) => {
    const line = JSON.stringify({ some, odd });
    expect(narrowed(line)).toMatch(/^[\0-\x7f]*$/);
    expect(widened(narrowed(line))).toBe(line);
    expect(widened(line)).toBe(line);
    expect(JSON.parse(narrowed(line))).toEqual({ some, odd });
  }));
});

// No run could begin there: the title of the guide stood in the way of its ledger.
it('a run on a database of an older encoding may have any character in its guide, and goes on from another machine', async () => {
  const server = await testServer();
  const name = `latin_${randomUUID().slice(0, 8)}`;
  await administer(server, `CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
  const url = databaseUrl({ ...server.connection, database: name });
  const guide = guideFile("# Größe → 🦔\n\n## Deployment ✅\n\n```sql id=size\nCREATE TABLE size (text text);\nINSERT INTO size VALUES ('ü');\n```\n\n```sql id=later\nINSERT INTO later SELECT text FROM size;\n```\n");
  const flags = ['--database', url, '--headless', '--yes', '--operator', 'Žofie →'];
  const first = await wizard(['run', guide, ...flags, '--logs', folder()]);
  expect(first.code, first.err).toBe(1);
  expect(first.err).toContain('42P01');
  const client = new pg.Client(url);
  await client.connect();
  await client.query('CREATE TABLE later (text text)');
  const [begun] = (await client.query<{ run: string; operator: string }>('SELECT run, operator FROM deploy_wizard.runs')).rows;
  expect(widened(begun?.operator ?? '')).toBe('Žofie →');
  const ended = await wizard(['resume', begun?.run ?? '', ...flags, '--logs', folder()]);
  expect(ended.code, ended.err).toBe(0);
  expect((await client.query('SELECT text FROM later')).rows).toEqual([{ text: 'ü' }]);
  await client.end();
});
