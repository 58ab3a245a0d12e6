import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agreeWithLedger } from '../../src/commands/ledger-copy.js';
import { findRun } from '../../src/project/journals.js';
import { target } from '../postgres/support.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { folder, guideFile, logOf, wizard, type Ended } from './support.js';

const guide = guideFile(`# Elsewhere

## Deployment

\`\`\`sql id=first
CREATE TABLE public.note (id int);
INSERT INTO public.note VALUES (1);
\`\`\`

\`\`\`sql id=index
SELECT count(*) FROM public.note;
CREATE INDEX CONCURRENTLY note_id ON public.note (id);
CREATE INDEX CONCURRENTLY note_more ON public.note (id, id);
\`\`\`

- [ ] Looked at it

\`\`\`sql id=second
INSERT INTO public.note VALUES (2);
\`\`\`
`);

/** Another machine, as far as the program can tell. */
const otherHost = `--import=data:text/javascript,${encodeURIComponent("import os from 'node:os'; import { syncBuiltinESMExports } from 'node:module'; os.hostname = () => 'other-host'; syncBuiltinESMExports();")}`;

let database: TestDatabase;
let client: pg.Client;
let here: string;
let run: string;

const start = (logs: string): Promise<Ended> => wizard(['run', guide, '--database', database.url, '--headless', '--logs', logs]);
const resumeHere = (): Promise<Ended> => wizard(['resume', run, '--database', database.url, '--headless', '--yes', '--logs', here]);
const resumeThere = (logs: string): Promise<Ended> => wizard(['resume', run, '--headless', '--yes', '--logs', logs, '--operator', 'second'], { env: { NODE_OPTIONS: otherHost, DATABASE_URL: database.url } });
const events = (logs: string): { seq: number; type: string; step?: string }[] => readFileSync(join(logs, readdirSync(logs).find((name) => name.endsWith('.journal.jsonl')) ?? ''), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { seq: number; type: string; step?: string });
const ids = async (): Promise<number[]> => (await client.query<{ id: number }>('SELECT id FROM public.note ORDER BY id')).rows.map((row) => row.id);

beforeEach(async () => {
  database = await freshDatabase();
  client = new pg.Client(database.url);
  await client.connect();
  here = folder();
  // Nobody ticks the item: the run stops there.
  expect((await start(here)).code).toBe(4);
  run = logOf(here).run;
});

afterEach(async () => {
  await client.end();
  await database.drop();
});

describe('a run that goes on on another machine', () => {
  it('needs the database and the guide alone; both logs and the ledger tell of the handover, and the first machine cannot repeat it', async () => {
    const there = folder();
    const ended = await resumeThere(there);
    expect(ended.code, ended.err).toBe(0);
    const { host } = logOf(here);
    for (const name of readdirSync(there)) expect([name, statSync(join(there, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(events(there).filter((one) => one.type === 'run.resumed')).toMatchObject([{ operator: 'second', host: 'other-host', from: 'operator', fromHost: host }]);
    expect(readFileSync(join(there, readdirSync(there).find((name) => name.endsWith('.md')) ?? ''), 'utf8')).toMatch(new RegExp(`operator on ${host}[^\\n]*second on other-host|second[^\\n]*other-host[^\\n]*operator`));
    expect((await client.query('SELECT operator, host, outcome FROM deploy_wizard.runs')).rows).toEqual([{ operator: 'second', host: 'other-host', outcome: 'passed' }]);
    expect((await client.query("SELECT FROM deploy_wizard.events WHERE line LIKE '%\"run.resumed\"%other-host%'")).rowCount).toBe(1);
    // The journal of the first machine ends at the item; it takes over what was done since.
    const late = await resumeHere();
    expect(late.code, late.err).toBe(3);
    expect(late.err).toContain('has passed');
    expect(await ids()).toEqual([1, 2]);
    expect(events(here)).toEqual(events(there));
    expect((await wizard(['log', run, '--verify', '--logs', here])).code).toBe(0);
  });

  it('applies nothing twice where the last lines of the journal never reached the ledger', async () => {
    const begun = events(here).find((one) => one.type === 'step.started' && one.step === 'first')?.seq;
    await client.query('DELETE FROM deploy_wizard.events WHERE seq >= $1', [begun]);
    const there = folder();
    const ended = await resumeThere(there);
    expect(ended.code, ended.err).toBe(0);
    expect(await ids()).toEqual([1, 2]);
    expect((await client.query("SELECT step, count(*)::int AS n FROM deploy_wizard.attempts WHERE state = 'committed' GROUP BY step ORDER BY step")).rows).toEqual([{ step: 'first', n: 1 }, { step: 'index', n: 1 }, { step: 'second', n: 1 }]);
    expect(logOf(there).steps.every((step) => ['passed', 'waived'].includes(step.verdict))).toBe(true);
    expect(readFileSync(join(there, readdirSync(there).find((name) => name.endsWith('.md')) ?? ''), 'utf8')).toContain('the ledger holds the row of this attempt');
    // Two stories of one run: the older is refused, and says what to do.
    const parted = await resumeHere();
    expect(parted.code).toBe(3);
    expect(parted.err).toMatch(/went on elsewhere[\s\S]*Move this journal away/);
  });

  it('probes each statement outside a transaction that may have run unheard', async () => {
    const begun = events(here).find((one) => one.type === 'step.started' && one.step === 'index')?.seq;
    await client.query('DELETE FROM deploy_wizard.events WHERE seq >= $1', [begun]);
    // As if the program had died in the second statement.
    await client.query("DROP INDEX note_more; UPDATE deploy_wizard.attempts SET state = 'started' WHERE step = 'index'");
    const ended = await resumeThere(folder());
    expect(ended.code, ended.err).toBe(0);
    expect((await client.query("SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = 'note'::regclass AND indisvalid ORDER BY 1")).rows).toEqual([{ name: 'note_id' }, { name: 'note_more' }]);
    expect(await ids()).toEqual([1, 2]);
  });
});

it('a gap in the ledger\'s copy is closed before the run goes on', async () => {
  await client.query('DELETE FROM deploy_wizard.events WHERE seq BETWEEN 5 AND 8');
  const on = await target(database.url);
  await on.useLedger();
  await agreeWithLedger(findRun(here, run), on);
  await on.close();
  expect((await client.query('SELECT seq FROM deploy_wizard.events ORDER BY seq')).rows.map((row: { seq: number }) => row.seq)).toEqual(events(here).map((one) => one.seq));
});
