import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import pg from 'pg';
import { expect, it } from 'vitest';
import { snapshotDatabase } from '../../src/rehearsal/snapshot-database.js';
import { compareSnapshots } from '../../src/rehearsal/snapshot/compare.js';
import type { Snapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { folder, guideFile, main, wizard } from '../cli/support.js';
import { freshDatabase } from '../support/server.js';
import { report } from './report.js';

/** Every way a step can write: a transaction, statements that refuse one, a person in between, a last transaction. */
const guide = guideFile(`# Faults

## Deployment

\`\`\`sql id=table
CREATE TABLE public.entry (id int, text text);
INSERT INTO public.entry VALUES (1, 'one');
\`\`\`

\`\`\`expect
statement 2: affected = 1
\`\`\`

\`\`\`sql id=index
CREATE INDEX CONCURRENTLY entry_id ON public.entry (id);
CREATE INDEX CONCURRENTLY entry_text ON public.entry (text);
\`\`\`

- [ ] Looked at it

\`\`\`sql id=more
INSERT INTO public.entry VALUES (2, 'two');
\`\`\`

## Verification

\`\`\`sql id=verify
SELECT count(*) FROM public.entry;
\`\`\`

\`\`\`expect
value = 2
\`\`\`

## Rollback

\`\`\`sql reverts=table
DROP TABLE public.entry;
\`\`\`

\`\`\`sql reverts=index
DROP INDEX public.entry_id, public.entry_text;
\`\`\`

\`\`\`sql reverts=more
DELETE FROM public.entry WHERE id = 2;
\`\`\`
`);

const killer = join(import.meta.dirname, 'kill-at.mjs');
const moments = ['before', 'torn', 'after'] as const;

async function run(url: string, logs: string, env: Record<string, string> = {}): Promise<number | undefined> {
  const preload = env.KILL_AT === undefined ? [] : ['--import', killer];
  const ended = await execa(process.execPath, [...preload, main, 'run', guide, '--database', url, '--headless', '--yes', '--logs', logs], { env, reject: false, stdin: 'ignore' });
  return ended.exitCode;
}

async function attempts(url: string): Promise<string[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<{ step: string }>("SELECT step FROM deploy_wizard.attempts WHERE state = 'committed' ORDER BY step")).rows.map((row) => row.step);
  } finally {
    await client.end();
  }
}

function journalLines(logs: string): number {
  const name = readdirSync(logs).find((one) => one.endsWith('.journal.jsonl'));
  return name === undefined ? 0 : readFileSync(join(logs, name), 'utf8').split('\n').length - 1;
}

it('survives a kill -9 at every journal boundary: nothing lost, nothing applied twice', async () => {
  const undisturbed = await freshDatabase();
  const logs = folder();
  expect(await run(undisturbed.url, logs)).toBe(0);
  const wanted = await snapshotDatabase(undisturbed.url);
  const boundaries = journalLines(logs);
  expect(boundaries).toBeGreaterThan(20);
  const cases = Array.from({ length: boundaries }, (_, index) => moments.map((when) => ({ at: index + 1, when }))).flat();
  const faults: string[] = [];
  await inParallel(2, cases, async (one) => faults.push(...await survive(one, wanted)));
  report({ fault: 'kill -9 of the wizard', boundaries: cases.length, lost: count(faults, 'lost'), twice: count(faults, 'twice'), unknown: count(faults, 'unknown') });
  expect(faults).toEqual([]);
  await undisturbed.drop();
}, 240_000);

async function survive({ at, when }: { at: number; when: string }, wanted: Snapshot): Promise<string[]> {
  const database = await freshDatabase();
  const logs = folder();
  const name = `line ${at}, ${when}`;
  try {
    const killed = await run(database.url, logs, { KILL_AT: String(at), KILL_WHEN: when });
    if (killed === 0) return [`${name}: was not killed`];
    // Before its first line is whole, the run does not exist: it is started anew.
    const started = journalLines(logs) > 0;
    const end = started ? await wizard(['resume', '--database', database.url, '--headless', '--yes', '--logs', logs]) : await wizard(['run', guide, '--database', database.url, '--headless', '--yes', '--logs', folder()]);
    // Killed after its last line: the run is over, and there is nothing to go on with.
    const finished = end.code === 2 && /no run to go on with/.test(end.err);
    const faults = end.code === 0 || finished ? [] : [`${name}: ${end.code === 1 ? 'unknown' : 'lost'}: exit ${end.code}: ${end.err.slice(-600)}`];
    const proof = compareSnapshots(wanted, await snapshotDatabase(database.url));
    if (!proof.clean) faults.push(`${name}: ${proof.rowsChanged.some((row) => (row.rowsAfter ?? 0) > (row.rowsBefore ?? 0)) ? 'twice' : 'lost'}: ${JSON.stringify(proof).slice(0, 600)}`);
    const applied = await attempts(database.url);
    if (applied.join() !== 'index,more,table') faults.push(`${name}: twice: attempts ${applied.join()}`);
    return faults;
  } finally {
    await database.drop();
  }
}

function count(faults: readonly string[], kind: string): number {
  return faults.filter((one) => one.includes(`: ${kind}:`)).length;
}

async function inParallel<T>(width: number, list: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const queue = [...list];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one);
  }));
}
