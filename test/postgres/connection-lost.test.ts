import type { EventEmitter } from 'node:events';
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { resolveConnection } from '../../src/postgres/connection.js';
import { serverError } from '../../src/postgres/server-error.js';
import { Session } from '../../src/postgres/session.js';
import { freshDatabase } from '../support/server.js';
import { Wire } from '../faults/wire.js';
import { perform, target, value, workOf } from './support.js';

describe('a session whose connection breaks', () => {
  it.each([
    ['a message', 'DO $$ BEGIN PERFORM 1; END $$', /^DO/],
    ['a cursor', 'SELECT 1 FROM generate_series(1, 100000)', /generate_series/],
  ])('fails what waits for an answer: %s', async (_, sql, pattern) => {
    for (const side of ['request', 'answer'] as const) {
      const { connection } = await freshDatabase();
      const wire = await Wire.before(connection, { [side]: (text: string, line: { cut(): void }) => { if (pattern.test(text)) line.cut(); } });
      const session = await Session.open(await resolveConnection({ url: wire.url(connection), env: {} }), 'test');
      const error: unknown = await session.run(sql).catch((thrown: unknown) => thrown);
      expect(serverError(error)).toMatchObject({ lost: true, sqlstate: null });
      expect(session.lost).toBe(true);
      await session.close();
      await wire.close();
    }
  });

  it('does not take a broken pipe for an SQLSTATE', () => {
    expect(serverError(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))).toMatchObject({ sqlstate: null, lost: true });
  });

  it('is one whose answer holds a value longer than any text, which would end the process', async () => {
    const session = await Session.open(await resolveConnection({ url: (await freshDatabase()).url, env: {} }), 'test');
    const { connection } = session.client as pg.Client & { connection: EventEmitter };
    // What the driver meets in a value of 600 MB, without the 600 MB.
    connection.prependOnceListener('dataRow', () => { throw Object.assign(new Error('Cannot create a string longer than 0x1fffffe8 characters'), { code: 'ERR_STRING_TOO_LONG' }); });
    await expect(session.run("SELECT repeat('x', 10)")).rejects.toThrow(/more than 512 MB/);
    expect(session.lost).toBe(true);
    await session.close();
  });

  it('closes within seconds when the other side has gone silent', async () => {
    const { connection } = await freshDatabase();
    const wire = await Wire.before(connection, { request: (text, line) => { if (text.includes('freeze')) line.freeze(); } });
    const session = await Session.open(await resolveConnection({ url: wire.url(connection), env: {} }), 'test');
    void session.run("SELECT 'freeze'").catch(() => undefined);
    await session.close();
    await wire.close();
  });

  it('in the middle of a long statement lets go of the run\'s lock on the server too, long before the statement would end', async () => {
    const { connection, url } = await freshDatabase();
    const lines: { cut(): void }[] = [];
    const wire = await Wire.before(connection, { request: (text, line) => { if (text.includes('pg_sleep')) lines.push(line); } });
    const on = await target(wire.url(connection), { ledger: false });
    const holder = { operator: 'ada', host: 'here', run: 'a1b2c3d4', since: '2026-01-01T00:00:00Z' };
    expect(await on.lock(holder)).toBeNull();
    const ended = perform(on, await workOf("SELECT pg_sleep(600)", { ledger: false }));
    const other = await target(url, { ledger: false });
    const sleeping = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid() AND wait_event = 'PgSleep'";
    while (await value(other, sleeping) === '0');
    // Without a ledger the name of the session says who holds it.
    expect(await other.lock({ ...holder, operator: 'bob' })).toMatchObject({ operator: 'ada', host: 'here', run: 'a1b2c3d4' });
    for (const line of lines) line.cut();
    expect((await ended).state).toBe('rolled back');
    while (await other.lock({ ...holder, operator: 'bob' }) !== null);
    expect(await value(other, sleeping)).toBe('0');
    await Promise.all([on.close(), other.close()]);
    await wire.close();
  });
});
