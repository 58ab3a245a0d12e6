import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { supabaseBaseline } from '../../src/rehearsal/supabase.js';
import { systemServers } from '../../src/rehearsal/server-binaries.js';
import { serverUser } from '../../src/rehearsal/server-user.js';
import { startLocalServer } from '../../src/rehearsal/embedded.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let client: pg.Client;

async function applyBaseline(to: pg.Client): Promise<void> {
  for (const file of supabaseBaseline()) await to.query(readFileSync(file, 'utf8'));
}

async function value(sql: string): Promise<unknown> {
  return Object.values((await client.query(sql)).rows[0] as object)[0];
}

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
  await applyBaseline(client);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('the Supabase-like baseline', () => {
  it('may run again, here and in another database of the same server', async () => {
    await applyBaseline(client);
    const second = await freshDatabase();
    const other = new pg.Client(second.connection);
    await other.connect();
    await applyBaseline(other);
    await other.end();
    await second.drop();
  });

  it('has the roles, of which one bypasses row security', async () => {
    const { rows } = await client.query(`SELECT rolname, rolbypassrls FROM pg_roles WHERE rolname IN ('anon', 'authenticated', 'service_role', 'supabase_auth_admin', 'authenticator') ORDER BY 1`);
    expect(rows.map((row: { rolname: string; rolbypassrls: boolean }) => `${row.rolname} ${row.rolbypassrls}`)).toEqual([
      'anon false', 'authenticated false', 'authenticator false', 'service_role true', 'supabase_auth_admin false',
    ]);
    expect(await value(`SELECT pg_has_role('authenticator', 'service_role', 'MEMBER')`)).toBe(true);
    expect(await value(`SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'auth'`)).toBe('supabase_auth_admin');
  });

  it('reads claims in both forms, and none after the transaction', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    await client.query('BEGIN');
    await client.query(`SELECT set_config('request.jwt.claims', $1, true)`, [JSON.stringify({ sub: id, role: 'authenticated', email: 'a@example.com' })]);
    expect(await value('SELECT auth.uid()')).toBe(id);
    expect(await value('SELECT auth.role()')).toBe('authenticated');
    expect(await value('SELECT auth.email()')).toBe('a@example.com');
    expect(await value(`SELECT auth.jwt() ->> 'sub'`)).toBe(id);
    await client.query('COMMIT');
    expect(await value(`SELECT current_setting('request.jwt.claims', true)`)).toBe('');
    expect(await value('SELECT auth.uid() IS NULL AND auth.role() IS NULL AND auth.jwt() IS NULL')).toBe(true);
    await client.query('BEGIN');
    await client.query(`SELECT set_config('request.jwt.claim.sub', $1, true)`, [id]);
    expect(await value('SELECT auth.uid()')).toBe(id);
    await client.query('ROLLBACK');
  });

  it('gives the application roles everything on what is created later, but not the accounts', async () => {
    await client.query('CREATE TABLE public.later (id bigserial)');
    expect(await value(`SELECT has_table_privilege('anon', 'public.later', 'DELETE')`)).toBe(true);
    expect(await value(`SELECT has_sequence_privilege('authenticated', 'public.later_id_seq', 'USAGE')`)).toBe(true);
    expect(await value(`SELECT has_table_privilege('authenticated', 'auth.users', 'SELECT')`)).toBe(false);
    expect(await value(`INSERT INTO auth.users (email) VALUES ('b@example.com') RETURNING id IS NOT NULL`)).toBe(true);
  });

  it('runs on the oldest server that is at hand', async () => {
    if (systemServers(serverUser()).length === 0) return;
    const server = await startLocalServer();
    try {
      const other = new pg.Client(server.connection);
      await other.connect();
      await applyBaseline(other);
      await applyBaseline(other);
      expect((await other.query('SELECT auth.uid() IS NULL AS none')).rows).toEqual([{ none: true }]);
      await other.end();
    } finally {
      await server.stop();
    }
  });
});
