import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { snapshotDatabase } from '../../src/rehearsal/snapshot-database.js';
import { compareSnapshots } from '../../src/rehearsal/snapshot/compare.js';
import type { Snapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { folder, guideFile, wizard, type Ended } from '../cli/support.js';
import { freshDatabase } from '../support/server.js';

/** Every way a step can write: a transaction, statements that refuse one, a person in between, a last transaction. */
export const guide = guideFile(`# Faults

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

/** The database as an undisturbed run leaves it, and the types of that run's journal lines. */
export interface Undisturbed { wanted: Snapshot; lines: number; types: string[] }

let known: Promise<Undisturbed> | undefined;

/** Runs the guide once with nothing in its way. */
export function undisturbed(): Promise<Undisturbed> {
  known ??= measure();
  return known;
}

async function measure(): Promise<Undisturbed> {
  const database = await freshDatabase();
  const logs = folder();
  const ended = await start(database.url, logs);
  if (ended.code !== 0) throw new Error(ended.err);
  const wanted = await snapshotDatabase(database.url);
  await database.drop();
  const types = journalText(logs).trim().split('\n').map((line) => (JSON.parse(line) as { type: string }).type);
  return { wanted, lines: types.length, types };
}

/** Starts a run of the guide, with nobody at the keyboard. */
export function start(url: string, logs: string): Promise<Ended> {
  return wizard(['run', guide, '--database', url, '--headless', '--yes', '--logs', logs]);
}

/** Goes on with the run of a folder; one that never came to its first line starts anew. */
export async function goOn(url: string, logs: string): Promise<Ended> {
  if (journalLines(logs) === 0) return start(url, folder());
  return wizard(['resume', '--database', url, '--headless', '--yes', '--logs', logs]);
}

export function journalLines(logs: string): number {
  return journalText(logs).split('\n').length - 1;
}

function journalText(logs: string): string {
  const name = readdirSync(logs).find((one) => one.endsWith('.journal.jsonl'));
  return name === undefined ? '' : readFileSync(join(logs, name), 'utf8');
}

/** What a guide leaves in a database where nothing disturbs it. */
export interface Wanted { snapshot: Snapshot; applied: string[] }

/** What is wrong after a fault and what followed it: nothing, or lines that say lost, twice or unknown. */
export async function harm(name: string, url: string, end: Ended, wanted: Snapshot | Wanted): Promise<string[]> {
  // Killed after its last line: the run is over, and there is nothing to go on with.
  const finished = end.code === 2 && /no run to go on with/.test(end.err);
  const faults = end.code === 0 || finished ? [] : [`${name}: ${end.code === 1 ? 'unknown' : 'lost'}: exit ${end.code}: ${end.err.slice(-600)}`];
  return [...faults, ...await difference(name, url, 'snapshot' in wanted ? wanted : { snapshot: wanted, applied: ['index', 'more', 'table'] })];
}

/** How a database differs from the one of an undisturbed run: catalog, data, and what the ledger says was applied. */
export async function difference(name: string, url: string, wanted: Wanted): Promise<string[]> {
  const found: string[] = [];
  const proof = compareSnapshots(wanted.snapshot, await snapshotDatabase(url));
  if (!proof.clean) found.push(`${name}: ${proof.rowsChanged.some((row) => (row.rowsAfter ?? 0) > (row.rowsBefore ?? 0)) ? 'twice' : 'lost'}: ${JSON.stringify(proof).slice(0, 600)}`);
  const applied = await appliedSteps(url);
  if (applied.join() !== wanted.applied.join()) found.push(`${name}: ${applied.length > wanted.applied.length ? 'twice' : 'lost'}: attempts ${applied.join()}`);
  return found;
}

/** Steps that the ledger holds as committed, each as often as it was. */
export async function appliedSteps(url: string): Promise<string[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<{ step: string }>("SELECT step FROM deploy_wizard.attempts WHERE state = 'committed' ORDER BY step")).rows.map((row) => row.step);
  } finally {
    await client.end();
  }
}

/** Whether the filled logs of a folder tell of something. */
export function toldOf(logs: string, pattern: RegExp): boolean {
  return readdirSync(logs).filter((name) => name.endsWith('.md')).some((name) => pattern.test(readFileSync(join(logs, name), 'utf8')));
}

export function count(faults: readonly string[], kind: 'lost' | 'twice' | 'unknown'): number {
  return faults.filter((one) => one.includes(`: ${kind}:`)).length;
}

/** Works through a list, so many at a time. */
export async function inParallel<T>(width: number, list: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const queue = [...list];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one);
  }));
}
