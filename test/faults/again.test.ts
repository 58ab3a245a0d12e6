import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder } from '../cli/support.js';
import { freshDatabase } from '../support/server.js';
import { notes, sql } from './notes.js';

const { write, one, ids, events, own } = notes('CREATE TABLE gate (open boolean)');

it.each([
  ['after', 'tolerate'],
  ['before', 'retry'],
] as const)('of several statements outside a transaction the one in doubt alone is decided by a person (killed %s it, "%s")', async (when, says) => {
  await write(sql('id=apart transaction=off', 'INSERT INTO note VALUES (1);\nINSERT INTO note VALUES (2);\nINSERT INTO note VALUES (3);'));
  await one('run', {}, { die: { at: 'INSERT INTO note VALUES (2)', when } });
  const ended = await one('resume', {}, { says: { apart: says } });
  expect(ended.code, ended.err).toBe(0);
  expect(await ids()).toEqual([1, 2, 3]);
});

it('a statement outside a transaction that the server refused did not take, whatever is there under its name', async () => {
  await write(sql('id=apart', 'CREATE INDEX CONCURRENTLY note_id ON note (id);'));
  await own.client.query('CREATE INDEX note_id ON note (id)');
  await one('run', {}, { die: { at: 'journal statement.finished', when: 'after' } });
  expect(events().at(-1)?.type).toBe('statement.finished');
  const ended = await one('resume');
  expect(ended.code, ended.err).toBe(1);
  expect(ended.err).toContain('already exists');
});

it('a block that committed a part of its work before it failed is not run again unseen', async () => {
  await write(sql('id=apart transaction=off', "DO 'BEGIN INSERT INTO note VALUES (1); COMMIT; PERFORM 1 / (SELECT count(*) FROM gate); END';"));
  expect((await one('run')).code).toBe(1);
  await own.client.query('INSERT INTO gate VALUES (true)');
  const unsaid = await one('resume');
  expect(unsaid.code, unsaid.err).toBe(1);
  expect(unsaid.err).toContain('no probe knows this kind of statement');
  expect(await ids()).toEqual([1]);
  expect((await one('resume', {}, { says: { apart: 'tolerate' } })).code).toBe(0);
  expect(await ids()).toEqual([1]);
});

it('statements outside a transaction stand, also where their expectation cannot be judged: they do not run again', async () => {
  await write(`${sql('id=apart transaction=off', 'INSERT INTO note VALUES (1);\nSELECT count(*) FROM note;')}\`\`\`expect\nstatement 2: value = (SELECT count(*) FROM later)\n\`\`\`\n\n${sql('id=last', 'INSERT INTO note VALUES (9);')}`);
  expect((await one('run')).code).toBe(1);
  expect(await ids()).toEqual([1]);
  await own.client.query('CREATE TABLE later AS SELECT 1');
  await one('resume');
  await one('resume');
  expect((await ids()).filter((id) => id === 1)).toEqual([1]);
});

it.each([
  ['after', 'tolerate'],
  ['before', 'retry'],
] as const)('a COMMIT in doubt of a rollback is asked, not taken for done (killed %s it, "%s")', async (when, says) => {
  await write(`${sql('id=first', 'INSERT INTO note VALUES (1);\nINSERT INTO note VALUES (1);')}${sql('id=fails', 'SELECT 1 / 0;')}## Rollback\n\n${sql('id=undo reverts=first', 'DELETE FROM note WHERE ctid = (SELECT ctid FROM note LIMIT 1);')}`);
  expect((await one('run', { ledger: false })).code).toBe(1);
  await one('rollback', { ledger: false }, { die: { at: 'COMMIT', when } });
  // Nobody says anything: it stays unknown.
  const unsaid = await one('resume', { ledger: false });
  expect(unsaid.code, unsaid.err).toBe(1);
  const ended = await one('resume', { ledger: false }, { says: { undo: says } });
  expect(ended.code, ended.err).toBe(5);
  expect(await ids()).toEqual([1]);
});

it('a run that was killed behind its rollback does not go forward on what was undone', async () => {
  await write(`${sql('id=first', 'INSERT INTO note VALUES (1);')}${sql('id=gate', 'SELECT count(*) FROM gate;')}\`\`\`expect\nvalue = 1\n\`\`\`\n\n${sql('id=second', 'INSERT INTO note VALUES (2);')}## Rollback\n\n${sql('id=undo reverts=first', 'DELETE FROM note WHERE id = 1;')}`);
  await one('run', { env: 'shaky' }, { die: { at: 'journal run.finished', when: 'before' } });
  // What failed the run holds by now.
  await own.client.query('INSERT INTO gate VALUES (true)');
  const ended = await one('resume');
  expect(ended.code, ended.err).toBe(5);
  expect(await ids()).toEqual([]);
  expect(events().at(-1)).toMatchObject({ type: 'run.finished', outcome: 'rolled back' });
});

it('a database that was put back to an earlier state is found out: each step that it lost is asked', async () => {
  await write(`${sql('id=first', 'INSERT INTO note VALUES (1);')}${sql('id=gate', 'SELECT count(*) FROM gate;')}\`\`\`expect\nvalue = 1\n\`\`\`\n\n${sql('id=second', 'INSERT INTO note VALUES (2);')}`);
  expect((await one('run')).code).toBe(1);
  // As a backup of before the first step leaves it.
  await own.client.query("INSERT INTO gate VALUES (true); DELETE FROM note; DELETE FROM deploy_wizard.attempts; DELETE FROM deploy_wizard.events WHERE seq > 4");
  const unsaid = await one('resume');
  expect(unsaid.code, unsaid.err).toBe(1);
  expect(unsaid.err).toContain('the ledger has no row of it');
  expect(await ids()).toEqual([]);
  const ended = await one('resume', {}, { says: { first: 'retry' } });
  expect(ended.code, ended.err).toBe(0);
  expect(await ids()).toEqual([1, 2]);
});

it('a database that was put back to between two steps is told, though the ledger has the row of each', async () => {
  await write(`${sql('id=first', 'INSERT INTO note VALUES (1);')}${sql('id=gate', 'SELECT count(*) FROM gate;')}\`\`\`expect\nvalue = 1\n\`\`\`\n\n${sql('id=second', 'INSERT INTO note VALUES (2);')}`);
  expect((await one('run')).code).toBe(1);
  await own.client.query('INSERT INTO gate VALUES (true)');
  // As a backup has it that was taken when the first step had just been applied.
  await own.client.query("DELETE FROM deploy_wizard.events WHERE seq > (SELECT min(seq) FROM deploy_wizard.events WHERE line LIKE '%step.committed%')");
  const ended = await one('resume');
  expect(ended.code, ended.err).toBe(0);
  expect(ended.err).toMatch(/! the ledger had this journal up to line \d+, and ends at line \d+ now/);
  expect(await ids()).toEqual([1, 2]);
  expect((await one('resume')).err).not.toContain('the ledger had this journal');
});

it('a ledger that was dropped meanwhile proves nothing by being empty', async () => {
  await write(sql('id=first', 'INSERT INTO note VALUES (1);'));
  await one('run', {}, { die: { at: 'COMMIT', when: 'after' } });
  await own.client.query('DROP SCHEMA deploy_wizard CASCADE');
  expect((await one('resume')).code).toBe(1);
  expect(await ids()).toEqual([1]);
  expect((await one('resume', {}, { says: { first: 'tolerate' } })).code).toBe(0);
  expect(await ids()).toEqual([1]);
});

it.each([true, false])('a function that writes behind a statement that only reads is told of, and applied once (ledger: %s)', async (ledger) => {
  await own.client.query("CREATE FUNCTION recount() RETURNS int LANGUAGE sql AS 'INSERT INTO note VALUES (1) RETURNING 1'");
  await write(sql('id=reads', 'SELECT recount();'));
  expect((await one('run', { ledger }, { die: { at: 'COMMIT', when: 'after' } })).code).toBeNull();
  expect(await ids()).toEqual([1]);
  const ended = await one('resume', ledger ? {} : { ledger }, { says: { reads: 'tolerate' } });
  expect(ended.code, ended.err).toBe(0);
  expect(await ids()).toEqual([1]);
});

it('a ledger that was dropped proves nothing by being empty, also where the run that made the next one was killed at once', async () => {
  await write(sql('id=first', 'INSERT INTO note VALUES (1);'));
  await one('run', {}, { die: { at: 'COMMIT', when: 'after' } });
  await own.client.query('DROP SCHEMA deploy_wizard CASCADE');
  await one('resume', {}, { die: { at: 'INSERT INTO deploy_wizard.holder', when: 'after' } });
  expect((await own.client.query('SELECT FROM deploy_wizard.attempts')).rows).toEqual([]);
  const unsaid = await one('resume');
  expect(unsaid.code, unsaid.err).toBe(1);
  expect(await ids()).toEqual([1]);
  expect((await one('resume', {}, { says: { first: 'tolerate' } })).code).toBe(0);
  expect(await ids()).toEqual([1]);
});

it('a run that was killed before it said which database it is on is held to the one that it goes on with', async () => {
  await write(sql('id=first', 'INSERT INTO note VALUES (1);'));
  await one('run', {}, { die: { at: 'target.identified', when: 'before' } });
  expect(events().map(({ type }) => type)).toEqual(['run.started']);
  await one('resume', {}, { die: { at: 'COMMIT', when: 'after' } });
  const other = await one('resume', { database: own.url.replace(/[^/]*$/, 'postgres') });
  expect(other.code, other.err).toBe(3);
  expect(other.err).toContain("another database than the run's");
});

it.each(['step.started', 'command.started'])('a command whose lines from its %s on never reached the ledger is not run again elsewhere unseen', async (type) => {
  const done = join(folder(), 'done');
  await write(`\`\`\`sh id=told\necho done >> ${done}\n\`\`\`\n\n${sql('id=gate', 'SELECT 1 / (SELECT count(*) FROM gate);')}`);
  expect((await one('run')).code).toBe(1);
  await own.client.query('INSERT INTO gate VALUES (true)');
  const { seq } = events().find((event) => event.type === type && 'step' in event && event.step === 'told') ?? { seq: 0 };
  await own.client.query('DELETE FROM deploy_wizard.events WHERE seq >= $1', [seq]);
  const logs = folder();
  const unsaid = await one('resume', { logs });
  expect(unsaid.code, unsaid.err).toBe(1);
  expect(unsaid.err).toContain('the ledger tells that the command was about to be started');
  const ended = await one('resume', { logs }, { says: { told: 'tolerate' } });
  expect(ended.code, ended.err).toBe(0);
  expect(readFileSync(done, 'utf8')).toBe('done\n');
});

const lost = (from: string): Promise<unknown> => own.client.query("DELETE FROM deploy_wizard.events WHERE seq >= (SELECT max(seq) FROM deploy_wizard.events WHERE line LIKE $1)", [`%"type":"${from}"%`]);

it('of statements outside a transaction whose last lines never reached the ledger each is asked for elsewhere', async () => {
  await write(sql('id=apart transaction=off', 'INSERT INTO note VALUES (1);\nINSERT INTO note VALUES (2);\nINSERT INTO note VALUES (3);'));
  await one('run', {}, { die: { at: 'VALUES (3)', when: 'before' } });
  await lost('statement.finished');
  await lost('statement.finished');
  const ended = await one('resume', { logs: folder() }, { says: { apart: ['tolerate', 'tolerate', 'retry'] } });
  expect(ended.code, ended.err).toBe(0);
  expect(await ids()).toEqual([1, 2, 3]);
});

it.each(['step.started', 'run.resumed'])('a statement outside a transaction that was tried again unheard is not run once more elsewhere (lost from %s on)', async (from) => {
  await write(sql('id=apart transaction=off', 'INSERT INTO note VALUES (1);\nINSERT INTO note SELECT 2 / (SELECT count(*) FROM gate);\nINSERT INTO note VALUES (3);'));
  expect((await one('run')).code).toBe(1);
  await own.client.query('INSERT INTO gate VALUES (true)');
  await one('resume', {}, { die: { at: 'VALUES (3)', when: 'before' } });
  await lost(from);
  const ended = await one('resume', { logs: folder() }, { says: { apart: ['tolerate', 'retry'] } });
  expect(ended.code, ended.err).toBe(0);
  expect(await ids()).toEqual([1, 2, 3]);
});

it('a run that was cut off is not begun anew: what it applied would be applied again', async () => {
  await write(`${sql('id=first', 'INSERT INTO note VALUES (1);')}${sql('id=second', 'INSERT INTO note VALUES (2);')}`);
  await one('run', {}, { die: { at: 'VALUES (2)', when: 'before' } });
  const logs = folder();
  const anew = await one('run', { logs });
  expect(anew.code, anew.err).toBe(3);
  expect(anew.err).toMatch(/run-cut-off[^]*resume [0-9a-f]{8} --database/);
  expect(await ids()).toEqual([1]);
  expect((await one('resume')).code).toBe(0);
  expect((await one('run', { logs })).code).toBe(0);
  expect(await ids()).toEqual([1, 1, 2, 2]);
});

it('a copy of a database, ledger and all, is not the database of its runs: they do not go on there, nor bar a new one', async () => {
  const first = await freshDatabase();
  await write(`${sql('id=make', 'CREATE TABLE made (id int);')}${sql('id=fill', 'INSERT INTO made VALUES (2);')}`);
  await one('run', { database: first.url }, { die: { at: 'VALUES (2)', when: 'before' } });
  await own.client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [first.connection.database]);
  const copy = await freshDatabase({ template: first.connection.database });
  for (const flags of [{}, { logs: folder() }]) {
    const ended = await one('resume', { ...flags, database: copy.url });
    expect(ended.code, ended.err).toBe(3);
    expect(ended.err).toContain("another database than the run's");
  }
  const anew = await one('run', { database: copy.url, logs: folder() });
  expect(anew.err).toContain('relation "made" already exists');
  expect((await one('resume', { database: first.url })).code).toBe(0);
  await Promise.all([first.drop(), copy.drop()]);
});
