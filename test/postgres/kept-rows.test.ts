import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlWork, Target } from '../../src/engine/ports.js';
import { makeStatement } from '../../src/graph/steps.js';
import { readSqlFile } from '../../src/guide/sql-file.js';
import { readStatements, type StatementRead } from '../../src/guide/statement.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { perform, target, value, workOf } from './support.js';

let database: TestDatabase;
let on: Target;

beforeAll(async () => {
  database = await freshDatabase();
  on = await target(database.url);
});

afterAll(async () => {
  await on.close();
  await database.drop();
});

describe('COPY with rows that stay in their file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rows-'));
  const path = join(folder, 'load.sql');
  const rows = (bad?: string): string => Array.from({ length: 40_000 }, (_, n) => `${n}\t${n === 29_999 ? bad ?? 'text' : 'text'}\t${n}\n`).join('');
  /** A step that loads them, behind a statement of its own. */
  async function load(table: string, text: string): Promise<SqlWork> {
    writeFileSync(path, text);
    const file = readSqlFile(path);
    if (file === 'too large') throw new Error(file);
    const work = await workOf('SELECT 1');
    const source = makeStatement(readStatements(file.text, 1, 'load.sql', file.kept).statements[0] as StatementRead);
    const create = (await workOf(`CREATE TABLE ${table} (id int, text varchar(5), amount int)`)).statements;
    return { ...work, statements: [...create, { index: 1, sql: source.sql, source }] };
  }

  it('loads them all, and an error names the line in the file', async () => {
    const done = await perform(on, await load('kept', `${'-- comment\n'.repeat(100_000)}COPY kept FROM stdin;\n${rows()}\\.\n`));
    expect(done).toMatchObject({ state: 'committed', error: null });
    expect(done.finished.at(-1)?.measured.affected).toBe(40_000);
    expect(await value(on, 'SELECT sum(amount) FROM kept')).toBe('799980000');
    const wrong = await perform(on, await load('kept_too', `${'-- comment\n'.repeat(100_000)}COPY kept_too FROM stdin;\n${rows('too long')}\\.\n`));
    expect(wrong).toMatchObject({ state: 'rolled back', error: { sqlstate: '22001', line: 130_001 } });
  });

  it('loads those of a file from Windows, and tries again with all of them after a lock', async () => {
    const step = await load('windows', `${'-- comment\n'.repeat(100_000)}COPY windows FROM stdin;\n${rows()}\\.\n`.replaceAll('\n', '\r\n'));
    expect(step.statements.at(-1)?.source.copyRows).not.toBeNull();
    expect(await perform(on, step)).toMatchObject({ state: 'committed', error: null });
    expect(await value(on, "SELECT count(*) || ' ' || max(length(text)) FROM windows")).toBe('40000 4');
    const holder = new pg.Client(database.url);
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE windows');
    const again = { ...step, statements: step.statements.slice(-1), lockTimeoutMs: 100 };
    expect(await perform(on, again)).toMatchObject({ state: 'rolled back', error: { sqlstate: '55P03' } });
    await holder.query('COMMIT');
    await holder.end();
    expect((await perform(on, again)).finished.at(-1)?.measured.affected).toBe(40_000);
  });

  it.each([
    ['were changed since the guide was read', () => { const text = readFileSync(path, 'utf8'); writeFileSync(path, text.replace('29999\ttext', '29999\ttexs')); }, /changed since the guide was read/],
    ['are not there any more', () => { rmSync(path); }, /cannot be read/],
  ])('applies nothing where they %s, and goes on with the connection', async (_, change, message) => {
    const work = await load('kept_never', `${'-- comment\n'.repeat(100_000)}COPY kept_never FROM stdin;\n${rows()}\\.\n`);
    change();
    const done = await perform(on, work);
    expect(done).toMatchObject({ state: 'rolled back', error: { sqlstate: null, statement: 1, line: 100_001 } });
    expect(done.error?.message).toMatch(message);
    expect(await value(on, "SELECT to_regclass('kept_never')")).toBeNull();
    expect(await perform(on, await workOf('CREATE TABLE after_it (); DROP TABLE after_it'))).toMatchObject({ state: 'committed' });
  });
});
