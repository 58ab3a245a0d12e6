import { describe, expect, it } from 'vitest';
import type { SqlHooks, Target } from '../../src/engine/ports.js';
import { ownDatabase } from '../support/own-database.js';
import { perform, target, workOf } from './support.js';

const own = ownDatabase('CREATE TABLE note (id int)');
const holder = { operator: 'ada', host: 'here', run: 'one', since: '2026-01-01T00:00:00Z' };
const LETS_GO = "SELECT pg_advisory_unlock_all()";
const ids = async (): Promise<number[]> => (await own.client.query<{ id: number }>('SELECT id FROM note ORDER BY id')).rows.map((row) => row.id);

/** Who holds the run's lock when a hook is called, as another wizard finds it. */
async function seenFrom(other: Target, hook: 'committing' | 'statements'): Promise<{ seen: (string | undefined)[]; hooks: Partial<SqlHooks> }> {
  const seen: (string | undefined)[] = [];
  return { seen, hooks: { [hook]: async () => { seen.push((await other.lock({ ...holder, operator: 'bob' }))?.operator); } } };
}

async function two(): Promise<{ on: Target; other: Target; end(): Promise<void> }> {
  const [on, other] = [await target(own.url), await target(own.url)];
  expect(await on.lock(holder)).toBeNull();
  await on.useLedger();
  return { on, other, end: async () => { await on.close(); await other.close(); } };
}

describe('the lock of a run whose statement lets go of it', () => {
  it('is held again before COMMIT: nobody may decide that the step did not take while it is on its way', async () => {
    const { on, other, end } = await two();
    const { seen, hooks } = await seenFrom(other, 'committing');
    expect((await perform(on, await workOf(`${LETS_GO}; INSERT INTO note VALUES (1)`), hooks)).state).toBe('committed');
    expect(seen).toEqual(['ada']);
    await end();
  });

  it('is held again before the next statement outside a transaction', async () => {
    const { on, other, end } = await two();
    const { seen, hooks } = await seenFrom(other, 'statements');
    let first = true;
    const work = await workOf(`${LETS_GO}; INSERT INTO note VALUES (1)`, { mode: 'alone' });
    await perform(on, work, { statements: async (finished) => { if (!first) await hooks.statements?.(finished); first = false; } });
    expect(seen).toEqual(['ada']);
    await end();
  });

  it.each(['transaction', 'alone'] as const)('taken by another meanwhile, it ends the run before more is done (%s)', async (mode) => {
    const { on, other, end } = await two();
    const work = await workOf(`${LETS_GO}; INSERT INTO note VALUES (1)`, { mode });
    let first = true;
    const taken = perform(on, work, { statements: async () => { if (first) expect(await other.lock({ ...holder, operator: 'bob', run: 'two' })).toBeNull(); first = false; } });
    await expect(taken).rejects.toMatchObject({ problem: { code: 'lock-lost', what: expect.stringContaining('bob') as string }, exitCode: 3 });
    expect(await ids()).toEqual([]);
    await end();
  });
});

describe('a step that takes the ledger\'s row of itself away', () => {
  it.each([
    'DROP SCHEMA deploy_wizard CASCADE', 'DELETE FROM deploy_wizard.attempts', 'SET LOCAL ROLE hold_fast; RESET ROLE; TRUNCATE deploy_wizard.attempts', 'ALTER SCHEMA deploy_wizard RENAME TO kept',
  ])('is rolled back: after a crash nothing would tell that it was applied (%s)', async (sql) => {
    await own.client.query('DROP ROLE IF EXISTS hold_fast; CREATE ROLE hold_fast');
    const { on, end } = await two();
    const done = await perform(on, await workOf(`INSERT INTO note VALUES (1); ${sql}`));
    expect(done).toMatchObject({ state: 'rolled back', error: { message: expect.stringContaining('--no-ledger') as string }, committing: [] });
    expect(await ids()).toEqual([]);
    expect((await perform(on, await workOf('INSERT INTO note VALUES (2)'))).state).toBe('committed');
    await end();
  });

  it('is not one that merely has no right to see it', async () => {
    await own.client.query('DROP ROLE IF EXISTS hold_fast; CREATE ROLE hold_fast; GRANT ALL ON note TO hold_fast');
    const { on, end } = await two();
    for (const given of [{ as: 'hold_fast' }, {}]) {
      expect(await perform(on, await workOf(`${given.as ? '' : 'SET SESSION AUTHORIZATION hold_fast;'} INSERT INTO note VALUES (3)`, given))).toMatchObject({ state: 'committed', error: null });
    }
    expect((await own.client.query('SELECT FROM deploy_wizard.attempts')).rowCount).toBe(2);
    await end();
    await own.client.query('DROP OWNED BY hold_fast; DROP ROLE hold_fast');
  });
});

it('what a guide turns off for speed is on again for its next statement outside a transaction', async () => {
  const { on, end } = await two();
  const work = await workOf("SET synchronous_commit = off; INSERT INTO note SELECT 1 WHERE current_setting('synchronous_commit') = 'on'", { mode: 'alone' });
  expect((await perform(on, work)).state).toBe('committed');
  expect(await ids()).toEqual([1]);
  await end();
});
