import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { folder, guideFile, logOf, smallGuide, wizard, type Ended } from './support.js';

const made: TestDatabase[] = [];
afterEach(async () => { await Promise.all(made.splice(0).map((one) => one.drop())); });

/** Runs a guide on a fresh database, then rolls the run back; gives the end of the rollback and its log. */
async function there(guide: string, expected = 0): Promise<{ target: TestDatabase; back: Ended; log: ReturnType<typeof logOf>; tables: string[] }> {
  const target = await freshDatabase();
  made.push(target);
  const logs = folder();
  const path = guideFile(guide);
  const forward = await wizard(['run', path, '--database', target.url, '--headless', '--yes', '--logs', logs]);
  expect(forward.code, forward.err).toBe(expected);
  const back = await wizard(['rollback', logOf(logs).run, '--database', target.url, '--headless', '--yes', '--logs', logs]);
  const client = new pg.Client(target.connection);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);
  await client.end();
  return { target, back, log: logOf(logs), tables: rows.map((row) => row.name) };
}

const rehearse = (guide: string): Promise<Ended> => wizard(['rehearse', guideFile(guide), '--headless', '--yes', '--logs', folder()]);

const steps = `# Steps

## Deployment

\`\`\`sql id=one
CREATE TABLE public.one (id int);
\`\`\`

\`\`\`sql id=two no-return
CREATE TABLE public.two (id int);
\`\`\`

## Rollback

\`\`\`sql id=undo-one reverts=one
DROP TABLE public.one;
\`\`\`
`;

describe('a rollback in earnest', () => {
  it('leaves out a check that is only part of a rehearsal, and is complete without it', async () => {
    const { back, log, tables } = await there(`${smallGuide}\n\`\`\`sql id=look rehearse=only reverts=apply\nSELECT 1;\n\`\`\`\n`);
    expect(back.code, back.err).toBe(5);
    expect(log.rollback).toMatchObject({ complete: true, notUndone: [] });
    expect(log.rollback.steps.find((step) => step.id === 'look')).toMatchObject({ verdict: 'skipped', reason: 'only part of a rehearsal' });
    expect(tables).toEqual([]);
  });

  it('is not complete where only a rehearsal undoes a step', async () => {
    const { back, log, tables } = await there(smallGuide.replace('reverts=apply', 'reverts=apply rehearse=only'));
    expect(back.code).toBe(1);
    expect(back.err).toContain('not undone: apply');
    expect(log.rollback).toMatchObject({ complete: false, notUndone: ['apply'] });
    expect(tables).toEqual(['note']);
  });

  it('says which database it is about, where none is named', async () => {
    const target = await freshDatabase();
    made.push(target);
    const logs = folder();
    const unnamed = { DATABASE_URL: '', PGSERVICE: '', PGHOST: '', PGHOSTADDR: '', PGPORT: '', PGDATABASE: '', PGUSER: '' };
    expect((await wizard(['run', guideFile(smallGuide), '--database', target.url, '--headless', '--yes', '--logs', logs])).code).toBe(0);
    const back = await wizard(['rollback', logOf(logs).run, '--headless', '--yes', '--logs', logs], { env: unnamed });
    // 3: a server stands where one is by default, and it is another.
    expect([3, 6]).toContain(back.code);
    expect(back.err).toMatch(new RegExp(`The run is on ${target.connection.database} at .*--database|the run began on ${target.connection.database} `));
  });

  it('undoes only what was applied', async () => {
    const { back, log, tables } = await there(steps.replace('CREATE TABLE public.two (id int);', 'SELECT 1/0;').replace(' no-return', '').replace('## Rollback', '## Rollback\n\n```sql id=undo-two reverts=two\nDROP TABLE public.two;\n```\n'), 1);
    expect(back.code, back.err).toBe(5);
    expect(log.rollback.steps.map((step) => step.id)).toEqual(['undo-one']);
    expect(tables).toEqual([]);
  });

  it('is never complete past a step of no return, even where it has an undoing part', async () => {
    const { back, tables } = await there(steps.replace('## Rollback', '## Rollback\n\n```sql id=undo-two reverts=two\nDROP TABLE public.two;\n```\n'));
    expect(back.code).toBe(1);
    expect(back.err).toContain('Rollback NOT complete; not undone: two.');
    expect(tables).toEqual([]);
  });
});

describe('a rollback on a database that the configuration names', () => {
  const project = async (): Promise<{ target: TestDatabase; act(...args: string[]): Promise<Ended>; log(): ReturnType<typeof logOf>; sql(text: string): Promise<void> }> => {
    const target = await freshDatabase();
    made.push(target);
    const cwd = folder();
    writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'environments: { live: { database: env:TARGET, rollback: automatic } }\n');
    const sql = async (text: string): Promise<void> => {
      const client = new pg.Client(target.connection);
      await client.connect();
      await client.query(text);
      await client.end();
    };
    return { target, sql, act: (...args) => wizard([...args, '--headless', '--yes', '--logs', 'l'], { cwd, env: { TARGET: target.url } }), log: () => logOf(join(cwd, 'l')) };
  };

  it('is proved by the structure that the run found, in the same process and in a later one', async () => {
    const same = await project();
    const failed = await same.act('run', guideFile(smallGuide.replace('value = 2', 'value = 3')), '--env', 'live');
    expect(failed.code, failed.err).toBe(5);
    expect(failed.err).toContain('Rollback proof: clean, rows not compared');
    expect(failed.err).toContain('rollback  complete, objects proved clean, rows not compared');
    const later = await project();
    expect((await later.act('run', guideFile(smallGuide), '--env', 'live')).code).toBe(0);
    const back = await later.act('rollback', later.log().run);
    expect(back.code, back.err).toBe(5);
    expect(later.log().rollback.proof).toMatchObject({ clean: true, notCompared: [expect.stringContaining('rows')] });
  });

  it('ends with exit 1 where every step passed and something is left all the same, and names it', async () => {
    const bad = smallGuide.replace('DROP TABLE public.note;', 'ALTER TABLE public.note RENAME TO kept;');
    const same = await project();
    const failed = await same.act('run', guideFile(bad.replace('value = 2', 'value = 3')), '--env', 'live');
    expect(failed.code).toBe(1);
    expect(failed.err).toContain('left: table public.kept');
    expect(failed.err).toContain('the database is not as it was before the run');
    const later = await project();
    await later.sql('CREATE TABLE public.other (id int)');
    expect((await later.act('run', guideFile(smallGuide.replace('CREATE TABLE public.note', 'ALTER TABLE public.other ADD COLUMN more int;\nCREATE TABLE public.note').replace('statement 2', 'statement 3')), '--env', 'live')).code).toBe(0);
    const back = await later.act('rollback', later.log().run);
    expect(back.code).toBe(1);
    expect(later.log().rollback.proof?.residue).toEqual([expect.objectContaining({ object: 'column public.other.more', difference: 'left', step: 'apply' })]);
  });
});

describe('the rehearsal of a guide with a step of no return', () => {
  it('passes although that step stays, and says that it does', async () => {
    const ended = await rehearse(steps.replace('CREATE TABLE public.two', 'CREATE TABLE IF NOT EXISTS public.two'));
    expect(ended.code, ended.err).toBe(0);
    expect(ended.err).toContain('not undone: two');
    expect(ended.err).toContain('left: table public.two (step two)');
  });

  it('fails for what another step left', async () => {
    const ended = await rehearse(steps.replace('CREATE TABLE public.two', 'CREATE TABLE IF NOT EXISTS public.two').replace('DROP TABLE public.one;', 'ALTER TABLE public.one RENAME TO other;'));
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('The rollback leaves the database other than it was.');
  });
});
