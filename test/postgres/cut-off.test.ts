import { describe, expect, it } from 'vitest';
import { ownDatabase } from '../support/own-database.js';
import { perform, target, workOf } from './support.js';

const own = ownDatabase('CREATE TABLE note (id int)');

// A test that an INSERT is refused passed because somebody had the table locked.
describe('a statement of which an error is wanted, and which a lock cuts off', () => {
  it.each(['transaction', 'alone'] as const)('fails the step, which may be tried again (%s)', async (mode) => {
    const on = await target(own.url, { ledger: false });
    const given = { mode, ledger: false, lockTimeoutMs: 100, mayFail: [0] };
    await own.client.query('BEGIN; LOCK TABLE note');
    expect(await perform(on, await workOf('INSERT INTO note VALUES (1)', given))).toMatchObject({ state: 'rolled back', because: 'error', error: { sqlstate: '55P03', statement: 0 } });
    expect(await perform(on, await workOf('INSERT INTO note VALUES (1)', { ...given, mayBeCut: [0] }))).toMatchObject({ state: 'committed', error: null });
    await own.client.query('ROLLBACK');
    expect(await perform(on, await workOf('INSERT INTO none_such VALUES (1)', given))).toMatchObject({ state: 'committed', error: null });
    await on.close();
  });
});
