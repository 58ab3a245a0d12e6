import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/ports.js';
import { LOCK_KEY } from '../../src/postgres/run-lock.js';
import { ownDatabase } from '../support/own-database.js';
import { perform, target, workOf } from './support.js';

const own = ownDatabase('CREATE TABLE note (id int)');
const holder = { operator: 'ada', host: 'here', run: 'one', since: '2026-01-01T00:00:00Z' };
const LETS_GO = "SELECT pg_advisory_unlock_all()";
const ids = async (): Promise<number[]> => (await own.client.query<{ id: number }>('SELECT id FROM note ORDER BY id')).rows.map((row) => row.id);

/** Whether another session gets the run's lock. */
const isFree = async (): Promise<boolean> => (await own.client.query<{ free: boolean }>(`SELECT pg_try_advisory_lock(${LOCK_KEY}) AS free`)).rows[0]?.free === true;

async function begun(): Promise<Target> {
  const on = await target(own.url);
  expect(await on.lock(holder)).toBeNull();
  await on.useLedger();
  return on;
}

describe('the lock of a run whose statement lets go of it', () => {
  it('is held again before COMMIT: nobody may decide that the step did not take while it is on its way', async () => {
    const on = await begun();
    const free: boolean[] = [];
    expect((await perform(on, await workOf(`${LETS_GO}; INSERT INTO note VALUES (1)`), { committing: async () => { free.push(await isFree()); } })).state).toBe('committed');
    expect(free).toEqual([false]);
    await on.close();
  });

  it('is held again before the next statement outside a transaction', async () => {
    const on = await begun();
    const free: boolean[] = [];
    await perform(on, await workOf(`${LETS_GO}; INSERT INTO note VALUES (1)`, { mode: 'alone' }), { statements: async ([one]) => { if (one?.ready.index === 1) free.push(await isFree()); } });
    expect(free).toEqual([false]);
    await on.close();
  });

  it.each(['transaction', 'alone'] as const)('taken by another meanwhile, it ends the run before more is done (%s)', async (mode) => {
    const on = await begun();
    const work = await workOf(`${LETS_GO}; INSERT INTO note VALUES (1)`, { mode });
    const taken = perform(on, work, { statements: async ([one]) => { if (one?.ready.index === 0) expect(await isFree()).toBe(true); } });
    await expect(taken).rejects.toMatchObject({ problem: { code: 'lock-lost', what: expect.stringContaining('postgres') as string }, exitCode: 3 });
    expect(await ids()).toEqual([]);
    await on.close();
  });
});

it.each(['transaction', 'alone'] as const)('a run that another went on with, and ended, while its lock was let go of does no more (%s)', async (mode) => {
  const on = await begun();
  const work = await workOf(`${LETS_GO}; INSERT INTO note VALUES (1)`, { mode });
  const done = perform(on, work, { statements: async ([one]) => { if (one?.ready.index === 0) await own.client.query("INSERT INTO deploy_wizard.events (run, seq, line) VALUES ('one', 1, 'theirs')"); } });
  await expect(done).rejects.toMatchObject({ problem: { code: 'run-went-on' }, exitCode: 3 });
  expect(await ids()).toEqual([]);
  await on.close();
});

describe('a step that takes the ledger\'s row of itself away', () => {
  it.each([
    'DROP SCHEMA deploy_wizard CASCADE', 'DELETE FROM deploy_wizard.attempts', 'SET LOCAL ROLE hold_fast; RESET ROLE; TRUNCATE deploy_wizard.attempts', 'ALTER SCHEMA deploy_wizard RENAME TO kept',
  ])('is rolled back: after a crash nothing would tell that it was applied (%s)', async (sql) => {
    await own.client.query('DROP ROLE IF EXISTS hold_fast; CREATE ROLE hold_fast');
    const on = await begun();
    const done = await perform(on, await workOf(`INSERT INTO note VALUES (1); ${sql}`));
    expect(done).toMatchObject({ state: 'rolled back', error: { message: expect.stringContaining('--no-ledger') as string }, committing: [] });
    expect(await ids()).toEqual([]);
    expect((await perform(on, await workOf('INSERT INTO note VALUES (2)'))).state).toBe('committed');
    await on.close();
  });

  it('is not one that merely has no right to see it', async () => {
    await own.client.query('DROP ROLE IF EXISTS hold_fast; CREATE ROLE hold_fast; GRANT ALL ON note TO hold_fast');
    const on = await begun();
    for (const given of [{ as: 'hold_fast' }, {}]) {
      expect(await perform(on, await workOf(`${given.as ? '' : 'SET SESSION AUTHORIZATION hold_fast;'} INSERT INTO note VALUES (3)`, given))).toMatchObject({ state: 'committed', error: null });
    }
    expect((await own.client.query('SELECT FROM deploy_wizard.attempts')).rowCount).toBe(2);
    await on.close();
    await own.client.query('DROP OWNED BY hold_fast; DROP ROLE hold_fast');
  });
});

it('what a guide turns off for speed is on again for its next statement outside a transaction', async () => {
  const on = await begun();
  const work = await workOf("SET synchronous_commit = off; INSERT INTO note SELECT 1 WHERE current_setting('synchronous_commit') = 'on'", { mode: 'alone' });
  expect((await perform(on, work)).state).toBe('committed');
  expect(await ids()).toEqual([1]);
  await on.close();
});
