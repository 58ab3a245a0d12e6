import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { targetOf } from '../../src/commands/conduct.js';
import { Journal, readJournalText } from '../../src/engine/journal.js';
import { Recorder } from '../../src/engine/recorder.js';
import { Values } from '../../src/engine/values.js';
import { Walker } from '../../src/engine/walker.js';
import { graph, Script, step } from '../log/support.js';
import type { Target, TargetIdentity } from '../../src/engine/ports.js';
import { ProblemError } from '../../src/text/problem.js';
import { perform, target, value, workOf } from '../postgres/support.js';
import { ownDatabase } from '../support/own-database.js';
import { administer, testServer } from '../support/server.js';
import { folder, guideFile, logOf, wizard } from './support.js';

const LOCK = 'SELECT pg_advisory_lock(7236071902411)';
const holder = { operator: 'ada', host: 'here', run: 'a1b2c3d4', since: '2026-01-01T00:00:00Z' };

const own = ownDatabase();

it('a journal that its run went on writing while "resume" waited for the lock is read again, not cut and not written over', async () => {
  const guide = guideFile('# Sample\n\n## Deployment\n\n```sql id=first\nCREATE TABLE note (id int);\n```\n\n- [ ] Looked at it\n\n```sql id=second\nINSERT INTO note VALUES (2);\n```\n');
  const logs = folder();
  expect((await wizard(['run', guide, '--database', own.url, '--headless', '--logs', logs])).code).toBe(4);
  const { run } = logOf(logs);
  const path = join(logs, readdirSync(logs).find((name) => name.endsWith('.journal.jsonl')) ?? '');
  const early = readFileSync(path);
  expect((await wizard(['resume', run, '--database', own.url, '--headless', '--yes', '--logs', logs])).code).toBe(0);
  const late = readFileSync(path);
  // The second one read the journal while the first still held the lock.
  writeFileSync(path, early);
  await own.client.query(LOCK);
  const waiting = wizard(['resume', run, '--database', own.url, '--headless', '--yes', '--logs', logs], { own: true });
  await vi.waitFor(async () => { expect((await own.client.query("SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_try_advisory_lock%' AND pid <> pg_backend_pid()")).rows).not.toEqual([]); }, { timeout: 20_000, interval: 20 });
  writeFileSync(path, late);
  await own.client.query('SELECT pg_advisory_unlock_all()');
  const ended = await waiting;
  expect(ended.err).toContain('The run has passed');
  expect(ended.code).toBe(3);
  expect(readJournalText(readFileSync(path, 'utf8')).fault).toBeNull();
  expect((await own.client.query('SELECT id FROM note')).rows).toEqual([{ id: 2 }]);
});

/** A run whose connection the server ended, while a person thinks; its copy of the journal has a line. */
async function cutOff(): Promise<Target> {
  const first = await target(own.url);
  await first.lock(holder);
  await first.useLedger();
  await first.mirror(holder.run, [{ seq: 1, line: '{"type":"note.added","at":"2026-01-01T00:00:00Z","prev":"0"}' }]);
  return first;
}
const kill = (): Promise<unknown> => own.client.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
/** That a connection was lost is found out by the question after it, or by the next. */
const verify = (on: Target, identity: TargetIdentity): Promise<void> => on.verifyIdentity(identity).catch((error: unknown) => {
  if (error instanceof ProblemError && error.problem.code !== 'connection-lost') throw error;
  return on.verifyIdentity(identity);
});
const copy = async (): Promise<string[]> => (await own.client.query<{ line: string }>('SELECT line FROM deploy_wizard.events ORDER BY seq')).rows.map((row) => row.line);

it('a machine that lost its connection neither writes nor spoils the copy once another has gone on with the run, and ended', async () => {
  const first = await cutOff();
  const identity = await first.identify();
  await kill();
  const second = await target(own.url);
  expect(await second.lock({ ...holder, operator: 'bob' })).toBeNull();
  await second.mirrored(holder.run);
  await second.useLedger();
  await second.mirror(holder.run, [{ seq: 2, line: '{"type":"run.resumed","at":"2026-01-01T00:01:00Z","by":"bob"}' }]);
  const before = await copy();
  // While the other holds the lock, and when it has let go of it.
  await first.mirror(holder.run, [{ seq: 2, line: '{"type":"question.answered","by":"ada"}' }, { seq: 3, line: '{"type":"question.answered","by":"ada"}' }]);
  expect(await copy()).toEqual(before);
  await second.close();
  await first.mirror(holder.run, [{ seq: 4, line: '{"type":"question.answered","by":"ada"}' }]);
  expect(await copy()).toEqual(before);
  await expect(verify(first, identity)).rejects.toMatchObject({ problem: { code: 'run-went-on' }, exitCode: 3 });
  await expect(perform(first, await workOf('CREATE TABLE twice (id int)', { run: holder.run }))).rejects.toMatchObject({ problem: { code: 'run-went-on' } });
  await first.close();
  expect((await own.client.query("SELECT to_regclass('twice') AS made")).rows).toEqual([{ made: null }]);
});

it('a machine that lost its connection goes on where nobody else did; not where the database lost what it had committed', async () => {
  const first = await cutOff();
  const identity = await first.identify();
  expect((await perform(first, await workOf('CREATE TABLE once (id int)', { run: holder.run }))).state).toBe('committed');
  await kill();
  await verify(first, identity);
  expect(await value(first, "SELECT to_regclass('once') IS NOT NULL")).toBe('t');
  // As a standby has it that took over a moment too early.
  await own.client.query('DROP TABLE once; DELETE FROM deploy_wizard.attempts');
  await kill();
  await expect(verify(first, identity)).rejects.toMatchObject({ problem: { code: 'commit-gone' }, exitCode: 3 });
  await first.close();
});

it('a machine that lost its connection finds out that the database was put back to between two steps, though every row of a step is there', async () => {
  const first = await cutOff();
  const identity = await first.identify();
  await perform(first, await workOf('CREATE TABLE once (id int)', { run: holder.run }));
  await first.mirror(holder.run, [{ seq: 2, line: '{"type":"question.asked"}' }]);
  await own.client.query('DELETE FROM deploy_wizard.events WHERE seq > 1');
  await kill();
  await expect(verify(first, identity)).rejects.toMatchObject({ problem: { code: 'commit-gone', what: expect.stringContaining('up to line 2') as string }, exitCode: 3 });
  await first.close();
});

it('a lock that a function let go of unseen is taken again before the next write, or the run ends', async () => {
  const first = await cutOff();
  const identity = await first.identify();
  await perform(first, await workOf("CREATE FUNCTION lets_go() RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE ''SELECT pg_advisory_'' || ''unlock_all()''; END'", { run: holder.run }));
  await perform(first, await workOf('SELECT lets_go()', { run: holder.run, ledger: false, reads: true }));
  await first.verifyIdentity(identity);
  expect((await own.client.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")).rows).toHaveLength(1);
  await perform(first, await workOf('SELECT lets_go()', { run: holder.run, ledger: false, reads: true }));
  await own.client.query(LOCK);
  await expect(first.verifyIdentity(identity)).rejects.toMatchObject({ problem: { code: 'lock-lost' } });
  await first.close();
});

/** A walk of one command; `meanwhile` happens while its person is asked. */
async function commandWhile(meanwhile: () => Promise<void>): Promise<{ ended: Promise<unknown>; ran: string[]; recorder: Recorder }> {
  const first = await cutOff();
  const identity = await first.identify();
  const clock = { now: () => new Date(0), wait: async () => undefined };
  const recorder = new Recorder(Journal.create(join(folder(), 'a.journal.jsonl')), clock, (event) => event);
  const { events } = new Script().target();
  for (const event of events) await recorder.record(event);
  await recorder.record({ type: 'target.identified', target: targetOf(identity) });
  const ran: string[] = [];
  const operator = { ask: async () => {
    await meanwhile();
    return { kind: 'go' as const };
  } };
  const told = step('told', { kind: 'shell', shell: 'true' });
  const walker = new Walker({
    graph: graph([told]), recorder, values: new Values({}), mode: 'run', ledger: true, approvals: 0, cwd: '.', journalQuestions: false, shown: { text: (text) => text, said: (text) => text }, live: () => undefined,
    ports: { target: first, shell: { perform: async (script) => { ran.push(script); return { exitCode: 0, output: '', durationMs: 1, cancelled: false }; }, cancel: async () => undefined }, operator, clock, random: { uuid: () => 'u' } },
  });
  return { ended: walker.perform('forward', told).finally(() => first.close()), ran, recorder };
}

it('a command is not run where another went on with the run, and ended, while its person was asked', async () => {
  const { ended, ran } = await commandWhile(async () => {
    await kill();
    const second = await target(own.url);
    await second.lock({ ...holder, operator: 'bob' });
    await second.mirrored(holder.run);
    await second.useLedger();
    await second.mirror(holder.run, [{ seq: 2, line: '{"type":"run.resumed","at":"2026-01-01T00:01:00Z","by":"bob"}' }]);
    await second.close();
  });
  await expect(ended).rejects.toMatchObject({ problem: { code: 'run-went-on' } });
  expect(ran).toEqual([]);
});

it('a command that runs where the database cannot be reached is said to have done so: it may be the one that brings it back', async () => {
  const { ended, ran, recorder } = await commandWhile(async () => {
    await administer(await testServer(), `ALTER DATABASE ${new URL(own.url).pathname.slice(1)} ALLOW_CONNECTIONS false`);
    await kill();
  });
  await ended;
  expect(ran).toEqual(['true']);
  expect(recorder.state.deviations).toMatchObject([{ step: 'told', what: 'run without the database', reason: expect.stringContaining('could not be reached') as string }]);
});
