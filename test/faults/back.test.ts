import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder } from '../cli/support.js';
import { notes, sql } from './notes.js';

const { write, one, ids, events, own } = notes();

it('a rollback step that was left out has undone nothing: the rollback is not complete, and asks for it again', async () => {
  await write(`${sql('id=add', 'INSERT INTO note VALUES (1);')}## Rollback\n\n${sql('id=undo reverts=add', 'DELETE FROM note WHERE id = 1;')}`);
  expect((await one('run')).code).toBe(0);
  const answers = join(folder(), 'answers.yaml');
  writeFileSync(answers, 'skip: { undo: done by hand }\n');
  const left = await one('rollback', { answers });
  expect(left.code, left.err).toBe(1);
  expect(left.err).toContain('Rollback NOT complete; not undone: add.');
  const ended = await one('rollback');
  expect(ended.code, ended.err).toBe(5);
  expect(await ids()).toEqual([]);
});

it('a rollback step that was left out in doubt is asked again, not taken for done', async () => {
  const guide = `${sql('id=add', 'INSERT INTO note VALUES (1), (1);')}## Rollback\n\n${sql('id=undo reverts=add', 'DELETE FROM note WHERE ctid = (SELECT ctid FROM note LIMIT 1);')}`;
  await write(guide);
  const flags = { ledger: false };
  expect((await one('run', flags)).code).toBe(0);
  await one('rollback', flags, { die: { at: 'COMMIT', when: 'before' } });
  const left = await one('rollback', flags, { says: { undo: 'skip' } });
  expect(left.code, left.err).toBe(1);
  expect(await ids()).toEqual([1, 1]);
  const ended = await one('rollback', flags, { says: { undo: 'retry' } });
  expect(ended.code, ended.err).toBe(5);
  expect(await ids()).toEqual([1]);
});

it.each([
  ['after', 'tolerate'],
  ['before', 'retry'],
] as const)('a step that is in doubt is not undone unseen (killed %s its COMMIT, "%s")', async (when, says) => {
  await write(`${sql('id=add', 'UPDATE note SET id = id + 1;')}## Rollback\n\n${sql('id=undo reverts=add', 'UPDATE note SET id = id - 1;')}`);
  await own.client.query('INSERT INTO note VALUES (5)');
  const flags = { ledger: false };
  await one('run', flags, { die: { at: 'COMMIT', when } });
  const unsaid = await one('rollback', flags);
  expect(unsaid.code, unsaid.err).toBe(1);
  expect(unsaid.err).toContain('COMMIT was sent and there is no ledger to ask');
  const ended = await one('rollback', flags, { says: { add: says } });
  expect(ended.code, ended.err).toBe(says === 'retry' ? 1 : 5);
  expect(await ids()).toEqual([5]);
});

it('a run of whose rollback only the ledger knows does not go forward on what was undone', async () => {
  await write(`${sql('id=first', 'INSERT INTO note VALUES (1);')}${sql('id=gate', 'SELECT 1 / (SELECT count(*) FROM note WHERE id = 7);')}${sql('id=second', 'INSERT INTO note VALUES (2);')}## Rollback\n\n${sql('id=undo reverts=first', 'DELETE FROM note WHERE id = 1;')}`);
  expect((await one('run')).code).toBe(1);
  const { length } = events();
  await one('rollback', {}, { die: { at: 'COMMIT', when: 'after' } });
  // Its lines never got there, and what failed the run holds by now.
  await own.client.query('DELETE FROM deploy_wizard.events WHERE seq > $1', [length]);
  await own.client.query('INSERT INTO note VALUES (7)');
  const ended = await one('resume', { logs: folder() });
  expect(ended.code, ended.err).toBe(5);
  expect(await ids()).toEqual([7]);
});

it('an index that a failed build left invalid is undone with the rest', async () => {
  await own.client.query('INSERT INTO note VALUES (1), (1)');
  await write(`${sql('id=index', 'CREATE UNIQUE INDEX CONCURRENTLY note_id ON note (id);')}## Rollback\n\n${sql('id=undo reverts=index', 'DROP INDEX CONCURRENTLY note_id;')}`);
  const ended = await one('run', { env: 'shaky' });
  expect(ended.code, ended.err).toBe(5);
  expect((await own.client.query("SELECT to_regclass('note_id') AS left")).rows).toEqual([{ left: null }]);
});
