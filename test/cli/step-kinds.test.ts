import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { folder, guideFile, logOf, wizard } from './support.js';

const made: TestDatabase[] = [];
afterEach(async () => { await Promise.all(made.splice(0).map((one) => one.drop())); });

const apply = `# Sample

## Deployment

\`\`\`sql id=apply
CREATE TABLE public.note (id int PRIMARY KEY, text text NOT NULL);
INSERT INTO public.note VALUES (1, 'one'), (2, 'it''s two');
\`\`\`
`;
const undo = `
## Rollback

\`\`\`sql id=undo reverts=apply
DROP TABLE public.note;
\`\`\`
`;

describe('rehearse= in the rollback', () => {
  it('leaves out what a rehearsal skips and a run what only rehearsals do', async () => {
    const guide = guideFile(`${apply}${undo}
\`\`\`sql id=never-rehearsed rehearse=skip reverts=apply
SELECT 1 / 0;
\`\`\`
`);
    const logs = folder();
    const ended = await wizard(['rehearse', guide, '--headless', '--yes', '--logs', logs]);
    expect(ended.code, ended.err).toBe(0);
    expect(logOf(logs).rollback.steps.find((step) => step.id === 'never-rehearsed')?.verdict).toBe('skipped');
  });
});

it('what COMMIT itself warns of stands in the log', async () => {
  const database = await freshDatabase();
  made.push(database);
  const guide = guideFile(`# Sample

## Deployment

\`\`\`sql id=apply
CREATE TABLE public.note (id int);
CREATE FUNCTION public.warn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'nobody else has note %', NEW.id; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER warns AFTER INSERT ON public.note DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.warn();
INSERT INTO public.note VALUES (7);
\`\`\`
`);
  const logs = folder();
  const ended = await wizard(['run', guide, '--database', database.url, '--headless', '--yes', '--logs', logs]);
  expect(ended.code, ended.err).toBe(0);
  expect(ended.err).toContain('! committed, but COMMIT warned: nobody else has note 7');
  expect(logOf(logs).incidents.map((one) => one.text)).toEqual(['step apply: committed, but COMMIT warned: nobody else has note 7']);
});

describe('expectations compared with a query', () => {
  const guide = (name: string) => guideFile(`${apply}
## Verification

\`\`\`sql id=verify
SELECT count(*) FROM public.note WHERE text = :'wanted';
\`\`\`

\`\`\`expect
value = (SELECT count(*) FROM public.note WHERE text = :'${name}')
\`\`\`
${undo}`, "guide: sample\nparameters:\n  wanted:\n    type: text\n    ask: Which text?\n  other:\n    type: text\n    ask: Which other?\n");

  it('fills its parameters as data', async () => {
    const logs = folder();
    const ended = await wizard(['rehearse', guide('other'), '--headless', '--param', "wanted=it's two", '--param', "other=it's two", '--logs', logs]);
    expect(ended.code, ended.err).toBe(0);
    expect(logOf(logs).steps.find((step) => step.id === 'verify')?.expectations[0]).toMatchObject({ verdict: 'passed', actual: 'value = 1' });
  });

  it('asks for a parameter that only the query names', async () => {
    const ended = await wizard(['rehearse', guide('other'), '--headless', '--param', 'wanted=one', '--logs', folder()]);
    expect(ended.code).toBe(4);
    expect(ended.err).toContain('The parameter other has no value');
  });
});

describe('shell steps', () => {
  const guide = guideFile(`${apply}
\`\`\`bash id=reach
psql --no-psqlrc --tuples-only --command "SELECT 'rows: ' || count(*) FROM public.note"
echo "password=[\${PGPASSWORD:-none}]"
\`\`\`

\`\`\`expect
output contains "rows: 2"
\`\`\`
${undo}`);

  it('reach the scratch database of a rehearsal with psql', async () => {
    const ended = await wizard(['rehearse', guide, '--headless', '--yes', '--logs', folder()]);
    expect(ended.code, ended.err).toBe(0);
  });

  it('reach the database of a run, and never show its password', async () => {
    const target = await freshDatabase();
    made.push(target);
    const url = new URL(target.url);
    url.password = 'hush-hush-word';
    const logs = folder();
    const ended = await wizard(['run', guide, '--database', url.href, '--headless', '--yes', '--logs', logs]);
    expect(ended.code, ended.err).toBe(0);
    expect(ended.err).toContain('password=••••');
    expect(ended.out + ended.err + JSON.stringify(logOf(logs))).not.toContain('hush-hush-word');
    expect(logOf(logs).steps.find((step) => step.id === 'reach')?.verdict).toBe('passed');
  });
});

describe('a command that a crash cut off', () => {
  const guide = (mark: string) => guideFile(`# Sample

## Deployment

\`\`\`sh id=copy
echo once >> ${mark}
\`\`\`
`);
  /** The folder as the crash left it: the journal cut behind the first line of a type, and no log yet. */
  const cutAfter = (logs: string, type: string): void => {
    const name = join(logs, readdirSync(logs).find((one) => one.endsWith('.journal.jsonl')) ?? '');
    const lines = readFileSync(name, 'utf8').split('\n');
    writeFileSync(name, `${lines.slice(0, lines.findIndex((line) => line.includes(`"type":"${type}"`)) + 1).join('\n')}\n`);
    for (const log of readdirSync(logs).filter((one) => /\.(?:md|json|html)$/.test(one))) rmSync(join(logs, log));
  };

  it.each([['command.started', 'its end was not seen'], ['statement.finished', 'ended with exit code 0']])('behind %s is not run again, and a person decides', async (type, told) => {
    const database = await freshDatabase();
    made.push(database);
    const logs = folder();
    const mark = join(folder(), 'mark');
    const run = ['--database', database.url, '--no-ledger', '--headless', '--yes', '--logs', logs];
    expect((await wizard(['run', guide(mark), ...run])).code).toBe(0);
    cutAfter(logs, type);
    const resumed = await wizard(['resume', ...run]);
    expect(resumed.code, resumed.err).not.toBe(0);
    expect(`${resumed.out}${resumed.err}`).toContain(told);
    expect(readFileSync(mark, 'utf8')).toBe('once\n');
  });
});
