import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/ports.js';
import { ownDatabase } from '../support/own-database.js';
import { perform, plain, target, workOf } from './support.js';

const own = ownDatabase('CREATE TABLE note (id int)');
const holder = { operator: 'ada', host: 'here', run: 'one', since: '2026-01-01T00:00:00Z' };
const hasty = { timeouts: { ...plain.timeouts, lockMs: 100 } };
const refused = { problem: { code: 'ledger-in-use', remedy: expect.stringContaining('Wait') as string }, exitCode: 3 };
const ids = async (): Promise<number[]> => (await own.client.query<{ id: number }>('SELECT id FROM note ORDER BY id')).rows.map((row) => row.id);

async function begun(): Promise<Target> {
  const on = await target(own.url, hasty);
  expect(await on.lock(holder)).toBeNull();
  await on.useLedger();
  return on;
}

describe('while another session has the ledger locked', () => {
  it.each(['transaction', 'alone'] as const)('a step fails as one that waits for a table, and may be tried again (%s)', async (mode) => {
    const on = await begun();
    await own.client.query('BEGIN; LOCK TABLE deploy_wizard.attempts IN EXCLUSIVE MODE');
    expect(await perform(on, await workOf('INSERT INTO note VALUES (1)', { mode }))).toMatchObject({ state: 'rolled back', because: 'error', finished: [], error: { sqlstate: '55P03', statement: null, message: expect.stringContaining('ledger') as string } });
    await own.client.query('ROLLBACK');
    expect(await ids()).toEqual([]);
    expect((await perform(on, await workOf('INSERT INTO note VALUES (2)', { mode }))).state).toBe('committed');
    await on.close();
  });

  it('a step outside a transaction that is done says so, and is not done again by itself', async () => {
    const on = await begun();
    const work = await workOf('INSERT INTO note VALUES (1)', { mode: 'alone' });
    const done = await perform(on, work, { statements: async () => { await own.client.query('BEGIN; LOCK TABLE deploy_wizard.attempts IN EXCLUSIVE MODE'); } });
    expect(done).toMatchObject({ state: 'rolled back', leaves: true, error: { sqlstate: '55P03', statement: null, message: expect.stringContaining('All statements of the step stand') as string } });
    await own.client.query('ROLLBACK');
    expect((await perform(on, { ...work, statements: [] })).state).toBe('committed');
    expect(await ids()).toEqual([1]);
    expect((await own.client.query('SELECT state FROM deploy_wizard.attempts')).rows).toEqual([{ state: 'committed' }]);
    await on.close();
  });

  // It waited for ever, and heard no Ctrl-C.
  it('a run is refused before its first step, with what to do', async () => {
    await (await begun()).close();
    const on = await target(own.url, hasty);
    await on.lock(holder);
    await own.client.query('BEGIN; LOCK TABLE deploy_wizard.holder, deploy_wizard.events IN ACCESS EXCLUSIVE MODE');
    await expect(on.cutOff('guide')).rejects.toMatchObject(refused);
    await expect(on.useLedger()).rejects.toMatchObject(refused);
    await own.client.query('ROLLBACK');
    await on.useLedger();
    await on.close();
  });

  it('a run is refused between two steps, with what to do', async () => {
    const on = await begun();
    const identity = await on.identify();
    await own.client.query('BEGIN; LOCK TABLE deploy_wizard.events IN ACCESS EXCLUSIVE MODE');
    await expect(on.verifyIdentity(identity)).rejects.toMatchObject(refused);
    await own.client.query('ROLLBACK');
    await on.verifyIdentity(identity);
    await on.close();
  });
});

it('a database that takes no writes is told from one where a right is missing, with a ledger and without', async () => {
  const name = (await own.client.query<{ name: string }>('SELECT current_database() AS name')).rows[0]?.name ?? '';
  for (const set of ['on', 'off', 'on']) {
    await own.client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${set}`);
    const on = await target(own.url);
    await on.lock(holder);
    if (set === 'on') await expect(on.useLedger()).rejects.toMatchObject({ problem: { code: 'target-read-only', remedy: expect.stringContaining('default_transaction_read_only') as string }, exitCode: 3 });
    else await on.useLedger();
    await on.close();
  }
});
