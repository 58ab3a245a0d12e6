import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { resolveConnection } from '../../src/postgres/connection.js';
import { cutOffRun, ensureLedger, mirrorLines, readAttempts } from '../../src/postgres/ledger.js';
import { Session } from '../../src/postgres/session.js';
import { freshDatabase } from '../support/server.js';

async function session(): Promise<Session> {
  const { url } = await freshDatabase();
  return Session.open(await resolveConnection({ url, env: {} }), 'test');
}

const rows = async (on: Session, sql: string): Promise<(string | null)[][]> => (await on.run(sql)).rows;

/** The server's last word, ReadyForQuery with the state of the transaction, comes in a piece of its own, as it may over a network. */
function statusComesLate(on: Session): void {
  const socket = (on.client as typeof on.client & { connection: { stream: Socket } }).connection.stream;
  for (const read of socket.listeners('data') as ((piece: Buffer) => void)[]) {
    socket.off('data', read);
    socket.on('data', (piece: Buffer) => {
      read(piece.subarray(0, -6));
      setImmediate(read, piece.subarray(-6));
    });
  }
}

describe('the ledger', () => {
  it('comments its schema, every table and every column', async () => {
    const on = await session();
    await ensureLedger(on);
    expect(await rows(on, `SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'deploy_wizard'::regnamespace AND c.relkind = 'r' AND col_description(c.oid, a.attnum) IS NULL`)).toEqual([]);
    expect(await rows(on, "SELECT relname FROM pg_class WHERE relnamespace = 'deploy_wizard'::regnamespace AND relkind = 'r' AND obj_description(oid) IS NULL")).toEqual([]);
    await on.close();
  });

  it('is brought up from an older version, and what it held stays', async () => {
    const on = await session();
    await ensureLedger(on);
    const attempt = randomUUID();
    await on.run('DROP TABLE deploy_wizard.runs; ALTER TABLE deploy_wizard.holder DROP COLUMN pid');
    await on.run('DELETE FROM deploy_wizard.version WHERE version > 1');
    await on.run(`INSERT INTO deploy_wizard.attempts VALUES ('${attempt}', 'r', 's', 'forward', 1, 'h', 'committed', 'operator', '7')`);
    await ensureLedger(on);
    await ensureLedger(on);
    expect(await rows(on, 'SELECT version FROM deploy_wizard.version ORDER BY 1')).toEqual([['1'], ['2'], ['3']]);
    expect(await rows(on, 'SELECT attempt FROM deploy_wizard.attempts')).toEqual([[attempt]]);
    expect(await rows(on, 'SELECT count(*) FROM deploy_wizard.runs')).toEqual([['0']]);
    await on.close();
  });

  it('is not waited for where somebody reads it for long, as a dump does', async () => {
    const { url } = await freshDatabase();
    const open = async (): Promise<Session> => Session.open(await resolveConnection({ url, env: {} }), 'test');
    const [on, dump] = [await open(), await open()];
    await ensureLedger(on);
    statusComesLate(on);
    await on.run('ALTER TABLE deploy_wizard.holder DROP COLUMN pid; DELETE FROM deploy_wizard.version WHERE version > 2');
    await dump.run('BEGIN; SELECT FROM deploy_wizard.holder');
    await expect(ensureLedger(on)).rejects.toMatchObject({ problem: { code: 'ledger-in-use' }, exitCode: 3 });
    await dump.run('COMMIT');
    expect(await ensureLedger(on)).toBe(false);
    await dump.close();
    await on.close();
  });

  it('is taken from a copy of the structure alone, as a dump without rows makes it, and proves nothing by being empty', async () => {
    const on = await session();
    expect(await ensureLedger(on)).toBe(true);
    await on.run('TRUNCATE deploy_wizard.version');
    expect(await ensureLedger(on)).toBe(true);
    expect(await rows(on, 'SELECT version FROM deploy_wizard.version ORDER BY 1')).toEqual([['1'], ['2'], ['3']]);
    await on.close();
  });

  it('is refused where a later deploy-wizard made it, and left as it is', async () => {
    const on = await session();
    await ensureLedger(on);
    await on.run('INSERT INTO deploy_wizard.version (version) VALUES (99)');
    await expect(ensureLedger(on)).rejects.toMatchObject({ exitCode: 3, problem: { code: 'ledger-newer', what: expect.stringContaining('version 99') as string } });
    await on.close();
  });

  it('is taken as an administrator made it for a role that may make no schema; and is none where row security hides it', async () => {
    const on = await session();
    await on.run('DROP SCHEMA IF EXISTS deploy_wizard CASCADE; CREATE ROLE ledger_lowly; CREATE SCHEMA deploy_wizard AUTHORIZATION ledger_lowly; SET SESSION AUTHORIZATION ledger_lowly');
    await ensureLedger(on);
    expect(await readAttempts(on, 'a1')).toEqual([]);
    await on.run('ALTER TABLE deploy_wizard.attempts ENABLE ROW LEVEL SECURITY; ALTER TABLE deploy_wizard.attempts FORCE ROW LEVEL SECURITY');
    expect(await readAttempts(on, 'a1')).toBeUndefined();
    await on.run('RESET SESSION AUTHORIZATION; DROP SCHEMA deploy_wizard CASCADE; DROP ROLE ledger_lowly');
    await on.close();
  });

  it('is refused before the first step where the role may not write all of it', async () => {
    const on = await session();
    await ensureLedger(on);
    await on.run('CREATE ROLE ledger_guest; GRANT USAGE ON SCHEMA deploy_wizard TO ledger_guest; GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA deploy_wizard TO ledger_guest; REVOKE INSERT ON deploy_wizard.events FROM ledger_guest; SET SESSION AUTHORIZATION ledger_guest');
    await expect(ensureLedger(on)).rejects.toMatchObject({ exitCode: 3, problem: { code: 'ledger-refused', what: expect.stringContaining('lacks INSERT on deploy_wizard.events') as string } });
    await on.run('RESET SESSION AUTHORIZATION; GRANT INSERT ON deploy_wizard.events TO ledger_guest; SET SESSION AUTHORIZATION ledger_guest');
    expect(await ensureLedger(on)).toBe(false);
    await on.run('RESET SESSION AUTHORIZATION; DROP OWNED BY ledger_guest; DROP ROLE ledger_guest');
    await on.close();
  });

  it('tells of no run that was cut off where it is not there, or not for this role to read', async () => {
    const on = await session();
    expect(await cutOffRun(on, 'g', 'i')).toBeNull();
    await ensureLedger(on);
    await on.run('CREATE ROLE ledger_stranger; SET SESSION AUTHORIZATION ledger_stranger');
    expect(await cutOffRun(on, 'g', 'i')).toBeNull();
    await on.run('RESET SESSION AUTHORIZATION; DROP ROLE ledger_stranger');
    await on.close();
  });

  it('keeps a row of each run: begun, gone on with by another, ended', async () => {
    const on = await session();
    await ensureLedger(on);
    const tell = (seq: number, told: object): Promise<boolean> => mirrorLines(on, 'a1', [{ seq, line: JSON.stringify({ at: `2026-01-01T02:00:0${seq}Z`, ...told }) }], { end: seq - 1, pid: on.pid });
    await tell(1, { type: 'run.started', guide: { id: 'g', sha256: 'h' }, environment: 'staging', operator: 'one', host: 'here' });
    await tell(2, { type: 'run.finished', outcome: 'failed' });
    await tell(3, { type: 'run.resumed', operator: 'two', host: 'there' });
    expect(await rows(on, 'SELECT guide, operator, host, finished, outcome FROM deploy_wizard.runs')).toEqual([['g', 'two', 'there', null, null]]);
    await tell(4, { type: 'run.finished', outcome: 'passed' });
    expect(await rows(on, "SELECT finished = '2026-01-01T02:00:04Z', outcome FROM deploy_wizard.runs")).toEqual([['t', 'passed']]);
    await on.close();
  });
});
