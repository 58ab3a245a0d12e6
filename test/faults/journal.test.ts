import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { folder } from '../cli/support.js';
import { notes, sql } from './notes.js';

const { write, one, ids, events, journal, own } = notes();
const gate = sql('id=gate', 'SELECT 1 / (SELECT count(*) FROM note WHERE id = 7);');

/** A run that has applied its first step and stopped at a gate, which is open now. */
async function stopped(flags: Record<string, unknown> = {}): Promise<void> {
  await write(`${sql('id=add', 'INSERT INTO note VALUES (1);')}${gate}${sql('id=more', 'INSERT INTO note VALUES (2);')}`);
  expect((await one('run', flags)).code).toBe(1);
  await own.client.query('INSERT INTO note VALUES (7)');
}
const lines = (): string[] => readFileSync(journal(), 'utf8').split('\n').slice(0, -1);
const put = (kept: readonly string[]): void => writeFileSync(journal(), kept.map((line) => `${line}\n`).join(''));
const beforeAdd = (): number => events().findIndex((event) => event.type === 'step.started');

it('a journal that lost its last lines is told by its log where there is no ledger, and not gone on with', async () => {
  await stopped({ ledger: false });
  const whole = lines();
  put(whole.slice(0, beforeAdd()));
  const cut = await one('resume', { ledger: false });
  expect(cut.code, cut.err).toBe(3);
  expect(cut.err).toMatch(/journal-cut[^]*made from \d+ lines/);
  expect(await ids()).toEqual([1, 7]);
  // As many lines, and the last of them another.
  put([...whole.slice(0, -1), (whole.at(-1) ?? '').replace('"seq"', '"seq" ')]);
  expect((await one('resume', { ledger: false })).code).toBe(3);
  put(whole);
  const ended = await one('resume', { ledger: false });
  expect(ended.code, ended.err).toBe(0);
  expect(await ids()).toEqual([1, 2, 7]);
});

it('a journal that lost its last lines, or all of them, is made whole from the ledger', async () => {
  await stopped();
  put(lines().slice(0, beforeAdd()));
  const [begun] = events();
  expect((await one('resume', {}, { die: { at: 'COMMIT', when: 'before' } })).code).toBeNull();
  put([]);
  const ended = await one('resume', { logs: dirname(journal()) });
  expect(ended.code, ended.err).toBe(0);
  expect(await ids()).toEqual([1, 2, 7]);
  expect(events()[0]).toEqual(begun);
});

it('a journal of another run in its place is not gone on with', async () => {
  await stopped();
  const mine = readFileSync(journal());
  const there = folder();
  await own.client.query('TRUNCATE note');
  expect((await one('run', { logs: there })).code).toBe(1);
  const [other = ''] = readdirSync(there).filter((name) => name.endsWith('.journal.jsonl'));
  writeFileSync(journal(), readFileSync(join(there, other)));
  await own.client.query('INSERT INTO note VALUES (7)');
  const ended = await one('resume', { logs: dirname(journal()) });
  expect(ended.code, ended.err).toBe(3);
  expect(ended.err).toContain('The journal is of another run');
  expect(await ids()).toEqual([1, 7]);
  writeFileSync(journal(), mine);
  expect((await one('resume')).code).toBe(0);
});

it('a journal with a flipped byte is not gone on with; the ledger has a whole one', async () => {
  await stopped();
  const logs = dirname(journal());
  const whole = readFileSync(journal(), 'utf8');
  for (const at of [whole.indexOf('run.started'), whole.indexOf('"applied":true')]) {
    writeFileSync(journal(), `${whole.slice(0, at)}~${whole.slice(at + 1)}`);
    const broken = await one('resume', { logs });
    expect(broken.code, broken.err).toBe(3);
    expect(broken.err).toMatch(/journal-in-the-way|journal-broken/);
  }
  const ended = await one('resume', { logs: folder() });
  expect(ended.code, ended.err).toBe(0);
  expect(await ids()).toEqual([1, 2, 7]);
});
