import { describe, expect, it } from 'vitest';
import { resolveConnection } from '../../src/postgres/connection.js';
import { serverError } from '../../src/postgres/server-error.js';
import { Session } from '../../src/postgres/session.js';
import { freshDatabase } from '../support/server.js';
import { Wire } from '../faults/wire.js';

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

  it('closes within seconds when the other side has gone silent', async () => {
    const { connection } = await freshDatabase();
    const wire = await Wire.before(connection, { request: (text, line) => { if (text.includes('freeze')) line.freeze(); } });
    const session = await Session.open(await resolveConnection({ url: wire.url(connection), env: {} }), 'test');
    void session.run("SELECT 'freeze'").catch(() => undefined);
    await session.close();
    await wire.close();
  });
});
