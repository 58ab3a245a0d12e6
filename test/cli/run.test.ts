import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { folder, guideFile, logOf, shippedBaseline, smallGuide, wizard } from './support.js';

const made: TestDatabase[] = [];
async function database(): Promise<TestDatabase> {
  const one = await freshDatabase();
  made.push(one);
  return one;
}
afterEach(async () => { await Promise.all(made.splice(0).map((one) => one.drop())); });

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('rehearse', () => {
  it('reports every fault of one rehearsal: a failed step, what it blocks, and what a bad rollback leaves', async () => {
    const logs = folder();
    const bad = smallGuide.replace('DROP TABLE public.note;', 'DELETE FROM public.note;').replace('value = 2', 'value = 3');
    const ended = await wizard(['rehearse', guideFile(bad), '--headless', '--yes', '--logs', logs]);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('A step of the way forward failed. The rollback ');
    const log = logOf(logs);
    expect(log.steps.find((step) => step.id === 'verify')?.expectations[0]).toMatchObject({ verdict: 'failed', actual: 'value = 2' });
    expect(log.rollback?.proof?.residue).toContainEqual(expect.objectContaining({ object: 'table public.note', difference: 'left', step: 'apply' }));
  });

  it('emits JSON lines that end with run.finished', async () => {
    const ended = await wizard(['rehearse', guideFile(smallGuide), '--json', '--yes', '--logs', folder()]);
    const events = ended.out.trim().split('\n').map((line) => JSON.parse(line) as { type: string; exitCode?: number });
    expect(events.at(0)?.type).toBe('run.started');
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', exitCode: 0 });
  });
});

describe('run', () => {
  it('walks the role guide on a server of one\'s own', async () => {
    const target = await shippedBaseline('role-and-ai-usage');
    made.push(target);
    const logs = folder();
    const ended = await wizard(['run', 'role-and-ai-usage', '--database', target.url, '--headless', '--yes', '--logs', logs]);
    expect(ended.code, ended.err).toBe(0);
    expect(await query(target.url, "SELECT count(*)::int AS n FROM pg_policies WHERE tablename = 'ai_usage'")).toEqual([{ n: 3 }]);
    expect(logOf(logs).locks).toContainEqual(expect.objectContaining({ relation: 'user_profiles', mode: 'AccessExclusive', statement: null }));
    expect(readFileSync(join(logs, readdirSync(logs).find((name) => name.endsWith('.md')) ?? ''), 'utf8')).toMatch(/^- AccessExclusive on `user_profiles`, up to .*, until COMMIT \(step /m);
  });

  it('stops at a false expectation, rolls that step back, and says expected what, got what', async () => {
    const target = await database();
    const logs = folder();
    const ended = await wizard(['run', guideFile(smallGuide.replace('affected = 2', 'affected = 3')), '--database', target.url, '--headless', '--yes', '--logs', logs]);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('affected = 3, got affected = 2');
    expect(ended.err).toMatch(/try: Mend the cause, in the data or in the guide, and retry: nothing of the step was applied/);
    expect(await query(target.url, "SELECT to_regclass('public.note') AS t")).toEqual([{ t: null }]);
    const log = logOf(logs);
    expect(log.outcome).toBe('failed');
    expect(log.steps.find((step) => step.id === 'apply')?.expectations[0]).toMatchObject({ verdict: 'failed', actual: 'affected = 2' });
    expect(log.steps.find((step) => step.id === 'verify')?.verdict).toBe('not reached');
  });

  it('stops for want of an answer with exit 4, and resume goes on where it stopped', async () => {
    const target = await database();
    const logs = folder();
    const guide = guideFile(smallGuide);
    const first = await wizard(['run', guide, '--database', target.url, '--headless', '--logs', logs]);
    expect(first.code).toBe(4);
    expect(first.err).toContain('"Told the team" is not ticked');
    const answers = join(logs, 'answers.yaml');
    writeFileSync(answers, 'items: { pre-flight/1: true }\n');
    const second = await wizard(['resume', '--database', target.url, '--headless', '--answers', answers, '--logs', logs]);
    expect(second.code, second.err).toBe(0);
    const log = logOf(logs);
    expect(log.steps[0]?.items[0]).toMatchObject({ ticked: true, by: 'operator' });
    expect(await query(target.url, 'SELECT count(*)::int AS n FROM deploy_wizard.attempts')).toEqual([{ n: 1 }]);
  });

  it('resumes on another machine from the ledger alone', async () => {
    const target = await database();
    const guide = guideFile(smallGuide.replace('## Verification', '## Verification\n\n- [ ] Looked at the page\n'));
    const here = folder();
    const answers = join(here, 'answers.yaml');
    writeFileSync(answers, 'items: { pre-flight/1: true }\n');
    expect((await wizard(['run', guide, '--database', target.url, '--headless', '--answers', answers, '--logs', here])).code).toBe(4);
    const run = logOf(here).run;
    const there = folder();
    const ended = await wizard(['resume', run, '--database', target.url, '--headless', '--yes', '--logs', there, '--operator', 'second']);
    expect(ended.code, ended.err).toBe(0);
    expect((await wizard(['log', run, '--verify', '--logs', there])).out).toContain('intact');
    expect(await query(target.url, 'SELECT count(*)::int AS n FROM public.note')).toEqual([{ n: 2 }]);
    expect((await wizard(['log', run, '--format', 'md', '--logs', there])).out).toContain('second');
  });

  it('rolls back what a run applied, and only that', async () => {
    const target = await database();
    const logs = folder();
    expect((await wizard(['run', guideFile(smallGuide), '--database', target.url, '--headless', '--yes', '--logs', logs])).code).toBe(0);
    const ended = await wizard(['rollback', logOf(logs).run, '--database', target.url, '--headless', '--logs', logs]);
    expect(ended.code, ended.err).toBe(5);
    expect(await query(target.url, "SELECT to_regclass('public.note') AS t")).toEqual([{ t: null }]);
    expect((await wizard(['rollback', logOf(logs).run, '--database', target.url, '--headless', '--logs', logs])).code).toBe(3);
  });

  it('rolls back by itself where the environment says automatic', async () => {
    const target = await database();
    const cwd = folder();
    writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'environments: { development: { database: env:TARGET, rollback: automatic } }\n');
    const ended = await wizard(['run', guideFile(smallGuide.replace('value = 2', 'value = 3')), '--env', 'development', '--headless', '--yes'], { cwd, env: { TARGET: target.url } });
    expect(ended.code, ended.err).toBe(5);
    expect(await query(target.url, "SELECT to_regclass('public.note') AS t")).toEqual([{ t: null }]);
  });

  it('executes nothing but reading steps in a dry run', async () => {
    const target = await database();
    const logs = folder();
    const ended = await wizard(['run', guideFile(smallGuide), '--database', target.url, '--dry-run', '--headless', '--yes', '--logs', logs]);
    expect(logOf(logs).steps.find((step) => step.id === 'apply')?.verdict).toBe('not evaluated');
    expect(await query(target.url, "SELECT to_regclass('public.note') AS t, to_regnamespace('deploy_wizard') AS s")).toEqual([{ t: null, s: null }]);
    expect([0, 1]).toContain(ended.code);
  });

  it('refuses an applied step whose file changed, with the difference, and accepts a later one that changed', async () => {
    const target = await database();
    const logs = folder();
    const guide = guideFile(smallGuide.replace(/```sql id=apply[\s\S]*?```/, '```sql id=apply file=apply.sql\n```').replace('value = 2', 'value = 3'));
    const file = join(dirname(guide), 'apply.sql');
    const sql = "CREATE TABLE public.note (\n  id int PRIMARY KEY,\n  text text NOT NULL\n);\nINSERT INTO public.note VALUES (1, 'one'), (2, 'two');\n";
    writeFileSync(file, sql);
    expect((await wizard(['run', guide, '--database', target.url, '--headless', '--yes', '--logs', logs])).code).toBe(1);
    writeFileSync(file, sql.replace('text text NOT NULL', 'text text'));
    // The later step may change; that it does is no reason to let the other pass.
    writeFileSync(guide, readFileSync(guide, 'utf8').replace('SELECT count(*) FROM public.note', 'SELECT count(*) + 1 FROM public.note'));
    const refused = await wizard(['resume', '--database', target.url, '--headless', '--yes', '--logs', logs]);
    expect(refused.code).toBe(3);
    expect(refused.err).toMatch(/apply \(apply\.sql:1\)[^\n]*\n {4}id int PRIMARY KEY,\n- {3}text text NOT NULL\n\+ {3}text text\n {2}\);/);
    writeFileSync(file, sql);
    const ended = await wizard(['resume', '--database', target.url, '--headless', '--yes', '--logs', logs]);
    expect(ended.code, ended.err).toBe(0);
  });
});

describe('refusals', () => {
  it('wants a protected database confirmed by name, and refuses --yes there', async () => {
    const target = await database();
    const cwd = folder();
    writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'environments: { production: { database: env:TARGET, protected: true } }\n');
    const env = { TARGET: target.url };
    const guide = guideFile(smallGuide);
    expect((await wizard(['run', guide, '--env', 'production', '--headless', '--yes'], { cwd, env })).code).toBe(3);
    const missing = await wizard(['run', guide, '--env', 'production', '--headless'], { cwd, env });
    expect(missing.code).toBe(3);
    expect(missing.err).toContain(`--confirm ${target.connection.database}`);
    expect((await wizard(['run', guide, '--env', 'production', '--headless', '--confirm', 'other'], { cwd, env })).code).toBe(3);
    expect((await wizard(['run', guide, '--env', 'production', '--headless', '--confirm', target.connection.database], { cwd, env })).code).toBe(4);
  });

  it('lets production start only with a rehearsal of this very guide', async () => {
    const target = await database();
    const cwd = folder();
    writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'environments: { live: { database: env:TARGET, requires: { rehearsal: 14d } } }\n');
    const guide = guideFile(smallGuide);
    const run = (...more: string[]): ReturnType<typeof wizard> => wizard(['run', guide, '--env', 'live', '--headless', '--yes', ...more], { cwd, env: { TARGET: target.url } });
    expect((await run()).code).toBe(3);
    expect((await wizard(['rehearse', guide, '--headless', '--yes'], { cwd })).code).toBe(0);
    appendFileSync(guide, '\nOne more word.\n');
    const changed = await run();
    expect(changed.code).toBe(3);
    expect(changed.err).toContain('the guide has changed since');
    expect((await wizard(['rehearse', guide, '--headless', '--yes'], { cwd })).code).toBe(0);
    expect((await run()).code).toBe(0);
  });

  it('bars neither the way back nor going on by the rehearsal that the run began with; refuses --yes on both where protected', async () => {
    const target = await database();
    const cwd = folder();
    const configure = (more: string): void => writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), `environments: { live: { database: env:TARGET, requires: { rehearsal: 14d }${more} } }\n`);
    configure('');
    const guide = guideFile(smallGuide.replace('## Rollback', '## Sign-off\n\n- [ ] All is well\n\n## Rollback'));
    const act = (...args: string[]): ReturnType<typeof wizard> => wizard([...args, '--headless'], { cwd, env: { TARGET: target.url } });
    expect((await act('rehearse', guide, '--yes')).code).toBe(0);
    const answers = join(cwd, 'answers.yaml');
    writeFileSync(answers, 'items: { pre-flight/1: true }\n');
    const stopped = await act('run', guide, '--env', 'live', '--confirm', target.connection.database, '--answers', answers);
    expect(stopped.code, stopped.err).toBe(4);
    expect((await act('resume', '--confirm', target.connection.database, '--yes')).code).toBe(0);
    const run = (JSON.parse((await wizard(['runs', '--json'], { cwd })).out) as { run: string; mode: string }[]).find((one) => one.mode === 'run')?.run ?? '';
    configure(', protected: true');
    expect((await act('rollback', run, '--confirm', target.connection.database, '--yes')).code).toBe(3);
    const back = await act('rollback', run, '--confirm', target.connection.database);
    expect(back.code, back.err).toBe(5);
  });

  it('lets one run at a time hold a database, and says who', async () => {
    const target = await database();
    const guide = guideFile(smallGuide.replace('INSERT INTO', 'SELECT pg_advisory_xact_lock(42);\nINSERT INTO').replace('id=apply', 'id=apply lock-timeout=10m').replace('statement 2: affected', 'statement 3: affected'));
    const gate = new pg.Client(target.url);
    await gate.connect();
    await gate.query('SELECT pg_advisory_lock(42)');
    const first = wizard(['run', guide, '--database', target.url, '--headless', '--yes', '--logs', folder(), '--operator', 'first']);
    const waits = new pg.Client(target.url);
    await waits.connect();
    for (;;) {
      const { rows } = await waits.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
      if (rows.length > 0) break;
    }
    const second = await wizard(['run', guide, '--database', target.url, '--headless', '--yes', '--logs', folder()]);
    expect(second.code).toBe(3);
    expect(second.err).toContain('first');
    await gate.end();
    await waits.end();
    expect((await first).code).toBe(0);
  });

  it('does not run an unreviewed document outside a rehearsal', async () => {
    const target = await database();
    const path = guideFile(smallGuide, '');
    writeFileSync(path, smallGuide);
    expect((await wizard(['run', path, '--database', target.url, '--headless', '--yes'], { cwd: folder() })).code).toBe(3);
    expect((await wizard(['run', path, '--database', target.url, '--headless', '--yes', '--unreviewed'], { cwd: folder() })).code).toBe(0);
  });

  it('says that a database cannot be reached, without its password', async () => {
    const ended = await wizard(['run', guideFile(smallGuide), '--database', 'postgresql://somebody:hush-hush@127.0.0.1:1/nowhere', '--headless', '--yes']);
    expect(ended.code).toBe(6);
    expect(ended.err).toContain('127.0.0.1:1');
    expect(ended.err).not.toContain('hush-hush');
  });

  it('goes on from a killed log folder: the log comes from the journal again', async () => {
    const target = await database();
    const logs = folder();
    const guide = guideFile(smallGuide);
    expect((await wizard(['run', guide, '--database', target.url, '--headless', '--yes', '--logs', logs])).code).toBe(0);
    const markdown = readdirSync(logs).find((name) => name.endsWith('.md')) ?? '';
    const before = readFileSync(join(logs, markdown), 'utf8');
    const run = logOf(logs).run;
    rmSync(join(logs, markdown));
    expect(`${(await wizard(['log', run, '--logs', logs])).out}\n`).toBe(before);
  });
});
