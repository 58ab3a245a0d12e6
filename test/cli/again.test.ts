import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { folder, guideFile, logOf, wizard, type Ended } from './support.js';

let database: TestDatabase;
let logs: string;
afterEach(() => database.drop());

/** A run, and going on with it, on a database of the test's own. */
async function begin(body: string): Promise<{ guide: string; run(answers?: string): Promise<Ended>; resume(answers?: string): Promise<Ended>; value(sql: string): Promise<unknown> }> {
  database = await freshDatabase();
  logs = folder();
  const guide = guideFile(body);
  const flags = (answers: string): string[] => {
    const path = join(folder(), 'answers.yaml');
    writeFileSync(path, answers);
    return ['--database', database.url, '--headless', '--yes', '--logs', logs, '--answers', path];
  };
  return {
    guide,
    run: (answers = '') => wizard(['run', guide, ...flags(answers)]),
    resume: (answers = '') => wizard(['resume', ...flags(answers)]),
    async value(sql) {
      const client = new pg.Client(database.url);
      await client.connect();
      const { rows } = await client.query<{ value: unknown }>(sql).finally(() => client.end());
      return rows[0]?.value;
    },
  };
}

/** How every guide here begins. */
const MAKE = `# Entries

## Deployment

\`\`\`sql id=make
CREATE TABLE entry (id int);
\`\`\`
`;

const markdown = (): string => readFileSync(join(logs, readdirSync(logs).find((name) => name.endsWith('.md')) ?? ''), 'utf8');
const change = (guide: string, from: string, to: string): void => writeFileSync(guide, readFileSync(guide, 'utf8').replace(from, to));

describe('a step whose work stands', () => {
  const guide = `${MAKE}
\`\`\`sql id=add
INSERT INTO entry VALUES (1);
\`\`\`

Expected result: the team is happy with it.
`;

  it('is never run again because a person says that its result does not hold', async () => {
    const { run, resume, value } = await begin(guide);
    expect((await run('operator: { add: failed }\n')).code).toBe(1);
    for (let times = 0; times < 2; times += 1) {
      const again = await resume('operator: { add: passed }\n');
      expect(again.code, again.err).toBe(1);
      expect(await value('SELECT count(*)::int AS value FROM entry')).toBe(1);
    }
    const step = logOf(logs).steps.find((one) => one.id === 'add');
    expect(step).toMatchObject({ verdict: 'failed', applied: true, attempts: 1 });
    expect(step?.expectations[0]).toMatchObject({ verdict: 'failed', by: 'operator' });
  });
});

describe('a step outside a transaction that goes on where it failed', () => {
  it('is still judged by what ran before', async () => {
    const { run, resume, value } = await begin(`${MAKE}
\`\`\`sql id=add transaction=off
INSERT INTO entry SELECT generate_series(1, 3);
INSERT INTO later VALUES (1);
\`\`\`

\`\`\`expect
statement 1: affected = 4
statement 2: affected = 1
\`\`\`
`);
    expect((await run()).code).toBe(1);
    await value('CREATE TABLE later (id int)');
    const again = await resume();
    expect(again.code).toBe(1);
    expect(await value('SELECT (SELECT count(*) FROM entry) + (SELECT count(*) FROM later) AS value')).toBe('4');
    const step = logOf(logs).steps.find((one) => one.id === 'add');
    expect(step).toMatchObject({ verdict: 'failed', applied: true });
    expect(step?.expectations.map((one) => one.verdict)).toEqual(['failed', 'passed']);
    // All of it stands now: a third time nothing runs.
    expect((await resume()).code).toBe(1);
    expect(await value('SELECT count(*) AS value FROM later')).toBe('1');
  });
});

describe('a guide that is changed before its run goes on', () => {
  const guide = `${MAKE}
\`\`\`sql id=add
INSERT INTO entry VALUES (1);
\`\`\`

\`\`\`sql id=look
SELECT count(*) FROM entry;
\`\`\`

\`\`\`expect
value = 2
\`\`\`
`;

  it('is told in the log, with both hashes and the attempt that failed before', async () => {
    const { guide: path, run, resume } = await begin(guide);
    expect((await run()).code).toBe(1);
    const before = logOf(logs).guide.sha256;
    change(path, 'value = 2', 'value = 1');
    const again = await resume();
    expect(again.code, again.err).toBe(0);
    const log = logOf(logs);
    expect(log.guide.sha256).not.toBe(before);
    const told = `the guide was changed: SHA-256 ${before.slice(0, 12)} until here, ${log.guide.sha256.slice(0, 12)} from here on (no step does anything else than before; expectations or words changed)`;
    expect(log.incidents.map((one) => one.text)).toContain(told);
    expect(log.steps.find((one) => one.id === 'look')?.earlier).toMatchObject([{ attempt: 1, reason: expect.stringContaining('expected value = 2, got value = 1') as string }]);
    expect(markdown()).toMatch(/^- Attempt 1, \d\d:\d\d:\d\d UTC: failed: .*expected value = 2, got value = 1/m);
  });

  it('may be gone on with again: what was applied is compared with what it was then', async () => {
    const { guide: path, run, resume, value } = await begin(guide.replace('INSERT INTO entry VALUES (1);', 'INSERT INTO entry VALUES (nothing);'));
    expect((await run()).code).toBe(1);
    change(path, '(nothing)', '(1), (7)');
    change(path, 'value = 2', 'value = 9');
    expect((await resume()).code).toBe(1);
    expect(logOf(logs).incidents.map((one) => one.text)).toContainEqual(expect.stringContaining('(changed add)'));
    change(path, 'value = 9', 'value = 2');
    const again = await resume();
    expect(again.code, again.err).toBe(0);
    expect(await value('SELECT count(*)::int AS value FROM entry')).toBe(2);
  });
});
