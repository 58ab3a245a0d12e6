import { expect, it } from 'vitest';
import { folder } from '../cli/support.js';
import { notes, sql } from './notes.js';
import type { Death } from './walking.js';

const { write, one, ids, events, own } = notes();

/** Dies at the first of its effects that is of this kind, or has this text. */
async function dies(at: string, when: Death['when'], flags: Record<string, unknown> = {}): Promise<void> {
  expect((await one('run', flags, { die: { at, when } })).code).toBeNull();
}
/** The resume is refused, also for the second time; `changed` is what it names. */
async function refused(changed: RegExp, flags: Record<string, unknown> = {}): Promise<void> {
  for (let times = 0; times < 2; times += 1) {
    const ended = await one('resume', flags);
    expect(ended.code, ended.err).toBe(3);
    expect(ended.err).toMatch(changed);
  }
}
async function passes(flags: Record<string, unknown> = {}): Promise<void> {
  const ended = await one('resume', flags);
  expect(ended.code, ended.err).toBe(0);
}

const add = sql('id=add', 'INSERT INTO note VALUES (1);');

it('a step that committed unheard and was renamed before the run went on is not applied again under its new name', async () => {
  await write(add);
  await dies('COMMIT', 'after');
  await write(sql('id=add-note', 'INSERT INTO note VALUES (1);'));
  await refused(/add: applied, and gone from the guide/);
  expect(await ids()).toEqual([1]);
  await write(add);
  await passes();
  expect(await ids()).toEqual([1]);
});

it('a step that committed unheard is not taken for another text of it; one that did not commit may change', async () => {
  await write(add);
  await dies('COMMIT', 'after');
  await write(sql('id=add', 'INSERT INTO note VALUES (2);'));
  await refused(/- INSERT INTO note VALUES \(1\);[^]*\+ INSERT INTO note VALUES \(2\);/);
  expect(await ids()).toEqual([1]);
});

it.each([['changed', 'add'], ['renamed', 'more']])('a step that died before its COMMIT may be %s, and is applied as it stands now', async (_, id) => {
  await write(add);
  await dies('COMMIT', 'before');
  await write(sql(`id=${id}`, 'INSERT INTO note VALUES (2);'));
  await passes();
  expect(await ids()).toEqual([2]);
  expect(events().filter((event) => event.type === 'doubt.settled')).toMatchObject([{ step: 'add', outcome: 'rolled back' }]);
});

it('without a ledger a COMMIT in doubt is not decided by another text than was sent', async () => {
  await write(sql('id=add', 'CREATE TABLE made (id int);\nINSERT INTO note VALUES (1);'));
  await dies('COMMIT', 'before', { ledger: false });
  await write(sql('id=add', 'CREATE TABLE IF NOT EXISTS note (id int);\nINSERT INTO note VALUES (1);'));
  await refused(/in doubt[^]*"-" may have been applied/, { ledger: false });
  expect(await ids()).toEqual([]);
});

it('a statement outside a transaction whose end nobody heard is not probed for by another text', async () => {
  await write(sql('id=index', 'CREATE INDEX CONCURRENTLY note_a ON note (id);'));
  await dies('CREATE INDEX', 'after');
  await write(sql('id=index', 'CREATE INDEX CONCURRENTLY note_b ON note (id);'));
  await refused(/in doubt/);
  expect((await own.client.query("SELECT to_regclass('note_b') AS made")).rows).toEqual([{ made: null }]);
});

it('a rollback step that was applied and changed since is refused like one of the way forward', async () => {
  const forward = `${add}${sql('id=add-more', 'INSERT INTO note VALUES (2);')}${sql('id=fails', 'SELECT 1 / 0;')}## Rollback\n\n`;
  const more = sql('id=undo-more reverts=add-more', 'DELETE FROM note WHERE id = 2;');
  await write(`${forward}${more}${sql('id=undo reverts=add', 'DELETE FROM nothing;')}`);
  expect((await one('run', { env: 'shaky' })).code).toBe(1);
  expect(await ids()).toEqual([1]);
  const undo = sql('id=undo reverts=add', 'DELETE FROM note WHERE id = 1;');
  await write(`${forward}${sql('id=undo-more reverts=add-more', 'UPDATE note SET id = 9;')}${undo}`);
  await refused(/undo-more[^]*- DELETE FROM note WHERE id = 2;/);
  await write(`${forward}${more}${undo}`);
  const ended = await one('resume');
  expect(ended.code, ended.err).toBe(5);
  expect(await ids()).toEqual([]);
});

it('what was looked at and is another step now is done anew; a command that was carried out and changed is refused', async () => {
  const stop = sql('id=stop', 'SELECT 1 / 0;');
  await write(`${sql('id=look', 'SELECT count(*) FROM note;')}\`\`\`bash id=told\ntrue\n\`\`\`\n\n${stop}`);
  expect((await one('run')).code).toBe(1);
  const changed = sql('id=look', 'INSERT INTO note VALUES (3);');
  await write(`${changed}\`\`\`bash id=told\ntrue # twice\n\`\`\`\n\n`);
  await refused(/told[^]*was carried out/);
  await write(`${changed}\`\`\`bash id=told\ntrue\n\`\`\`\n\n`);
  await passes();
  expect(await ids()).toEqual([3]);
});

it('a value that something was applied with stays, another may be given anew; and the role is the one that the run began as', async () => {
  await write('---\nguide: changed\nparameters:\n  first: { type: integer }\n  second: { type: integer }\n---\n# Changed\n\n## Deployment\n\n' + sql('id=one', 'INSERT INTO note VALUES (:first);') + sql('id=two', 'INSERT INTO note VALUES (1 / :second);') + sql('id=three', 'INSERT INTO note VALUES (:first + 1);'), 'whole');
  expect((await one('run', { param: ['first=1', 'second=0'] })).code).toBe(1);
  const other = await one('resume', { param: ['first=5', 'second=1'] });
  expect(other.code, other.err).toBe(3);
  expect(other.err).toContain('has applied steps with first = 1');
  await own.client.query('CREATE ROLE changed_other LOGIN SUPERUSER');
  const role = await one('resume', { param: ['second=1'], database: own.url.replace('postgres@', 'changed_other@') });
  await own.client.query('DROP ROLE changed_other');
  expect(role.code, role.err).toBe(3);
  expect(role.err).toContain('began as role postgres');
  await passes({ param: ['second=1'] });
  expect(await ids()).toEqual([1, 1, 2]);
});

it('a step that the ledger alone knows to be applied is not taken for a new one, also where the ledger lost others', async () => {
  const first = sql('id=first', 'INSERT INTO note VALUES (0);');
  await write(`${first}${add}${sql('id=fails', 'SELECT 1 / 0;')}`);
  expect((await one('run')).code).toBe(1);
  await own.client.query("DELETE FROM deploy_wizard.attempts WHERE step = 'first'; DELETE FROM deploy_wizard.events WHERE seq >= (SELECT min(seq) FROM deploy_wizard.events WHERE line LIKE '%step.started%\"step\":\"add\"%')");
  await write(`${first}${sql('id=add-note', 'INSERT INTO note VALUES (1);')}`);
  const ended = await one('resume', { logs: folder() }, { says: { first: 'tolerate' } });
  expect(ended.code, ended.err).toBe(3);
  expect(ended.err).toContain('add: applied, and gone from the guide');
  expect(await ids()).toEqual([0, 1]);
});
