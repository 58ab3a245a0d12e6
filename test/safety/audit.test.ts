import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditDatabase, auditRules, type Audit, type AuditClient, type Severity } from '../../src/safety/audit/audit.js';
import { applySqlFiles } from '../../src/postgres/apply.js';
import { supabaseBaseline } from '../../src/rehearsal/supabase.js';
import { root, wizard } from '../cli/support.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  await applySqlFiles(database.url, supabaseBaseline().map((path) => ({ path })));
  client = new pg.Client(database.connection);
  await client.connect();
  // Every case says itself what is granted to whom.
  await client.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM anon, authenticated; ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON FUNCTIONS FROM anon, authenticated; ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

/** A client inside a transaction: the audit would begin its own. */
function nested(): AuditClient {
  const instead: Record<string, string> = { 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY': 'SAVEPOINT audit', ROLLBACK: 'ROLLBACK TO SAVEPOINT audit' };
  return { query: (text, values) => client.query<Record<string, unknown>>(instead[text] ?? text, values) };
}

async function audited(sql: string, schemas: string[] = []): Promise<Audit> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    return await auditDatabase(nested(), schemas);
  } finally {
    await client.query('ROLLBACK');
  }
}

const mine = 'CREATE TABLE public.note (id int PRIMARY KEY, user_id uuid, done boolean); ALTER TABLE public.note ENABLE ROW LEVEL SECURITY; CREATE INDEX note_user ON public.note (user_id);';
const own = 'CREATE POLICY own ON public.note USING (user_id = (SELECT auth.uid()));';
const definer = (more: string, body = 'SELECT 1'): string => `CREATE FUNCTION public.power() RETURNS integer LANGUAGE sql SECURITY DEFINER ${more} AS '${body}';`;
const parents = 'CREATE TABLE public.parent (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE public.child (id int PRIMARY KEY, pa int, pb int, FOREIGN KEY (pa, pb) REFERENCES public.parent);';

interface Case { rule: string; bad: string; good: string; object: string; severity: Severity }
const cases: Case[] = [
  { rule: 'rls-disabled', severity: 'error', object: 'table public.open', bad: 'CREATE TABLE public.open (id int PRIMARY KEY); GRANT SELECT ON public.open TO anon', good: `${mine}${own} CREATE SCHEMA hidden; CREATE TABLE hidden.open (id int PRIMARY KEY)` },
  { rule: 'policies-without-rls', severity: 'error', object: 'table public.note', bad: `${mine}${own} ALTER TABLE public.note DISABLE ROW LEVEL SECURITY`, good: `${mine}${own}` },
  { rule: 'rls-without-policy', severity: 'warning', object: 'table public.note', bad: mine, good: `${mine}${own}` },
  { rule: 'policy-user-metadata', severity: 'error', object: 'policy admin on public.note', bad: `${mine} CREATE POLICY admin ON public.note USING ((SELECT auth.jwt()) -> 'user_metadata' ->> 'role' = 'admin')`, good: `${mine} CREATE POLICY admin ON public.note USING ((SELECT auth.jwt()) -> 'app_metadata' ->> 'role' = 'admin')` },
  { rule: 'public-create', severity: 'error', object: 'schema public', bad: 'GRANT CREATE ON SCHEMA public TO PUBLIC', good: 'REVOKE CREATE ON SCHEMA public FROM PUBLIC' },
  { rule: 'policy-always-true', severity: 'error', object: 'policy loose on public.note', bad: `${mine} CREATE POLICY loose ON public.note FOR INSERT TO anon WITH CHECK (true)`, good: `${mine}${own} CREATE POLICY strict ON public.note AS RESTRICTIVE USING (true)` },
  { rule: 'policy-always-true', severity: 'error', object: 'policy loose on public.note', bad: `${mine} CREATE POLICY loose ON public.note USING (true)`, good: `${mine} CREATE POLICY read ON public.note FOR SELECT TO authenticated USING (true)` },
  { rule: 'policy-always-true', severity: 'warning', object: 'policy loose on public.note', bad: `${mine} CREATE POLICY loose ON public.note FOR DELETE TO authenticated USING (true)`, good: `${mine} CREATE POLICY del ON public.note FOR DELETE TO authenticated USING (done)` },
  { rule: 'policy-always-true', severity: 'warning', object: 'policy read on public.note', bad: `${mine} CREATE POLICY read ON public.note FOR SELECT TO anon USING (true)`, good: `${mine} CREATE POLICY read ON public.note FOR SELECT TO anon USING (done)` },
  { rule: 'policy-per-row-call', severity: 'warning', object: 'policy own on public.note', bad: `${mine} CREATE POLICY own ON public.note USING (user_id = auth.uid())`, good: `${mine}${own}` },
  { rule: 'policy-per-row-call', severity: 'warning', object: 'policy own on public.note', bad: `${mine} CREATE POLICY own ON public.note FOR INSERT WITH CHECK (user_id = (SELECT auth.uid()) AND current_setting('app.on') = '1')`, good: `${mine} CREATE POLICY own ON public.note FOR INSERT WITH CHECK (user_id = (SELECT auth.uid()) AND (SELECT current_setting('app.on')) = '1')` },
  { rule: 'policy-column-unindexed', severity: 'note', object: 'column public.note.user_id', bad: `${mine}${own} DROP INDEX public.note_user`, good: `${mine}${own}` },
  { rule: 'policies-overlap', severity: 'note', object: 'table public.note', bad: `${mine}${own} CREATE POLICY done ON public.note FOR SELECT USING (done)`, good: `${mine}${own} CREATE POLICY done ON public.note AS RESTRICTIVE FOR SELECT USING (done)` },
  { rule: 'definer-search-path', severity: 'error', object: 'function public.power()', bad: definer(''), good: definer(`SET search_path = ''`) },
  { rule: 'definer-callable', severity: 'error', object: 'function public.power()', bad: `${definer(`SET search_path = ''`)} GRANT EXECUTE ON FUNCTION public.power() TO PUBLIC`, good: `${definer(`SET search_path = ''`)} REVOKE EXECUTE ON FUNCTION public.power() FROM PUBLIC, anon, authenticated` },
  { rule: 'definer-callable', severity: 'warning', object: 'function public.power()', bad: `${definer(`SET search_path = ''`)} REVOKE EXECUTE ON FUNCTION public.power() FROM PUBLIC, anon; GRANT EXECUTE ON FUNCTION public.power() TO authenticated`, good: `CREATE FUNCTION public.at() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS 'BEGIN RETURN NEW; END'; GRANT EXECUTE ON FUNCTION public.at() TO authenticated` },
  { rule: 'function-callable', severity: 'note', object: 'function public.plain(integer)', bad: `CREATE FUNCTION public.plain(n int) RETURNS int LANGUAGE sql AS 'SELECT n'; GRANT EXECUTE ON FUNCTION public.plain(int) TO PUBLIC`, good: `CREATE FUNCTION public.plain(n int) RETURNS int LANGUAGE sql AS 'SELECT n'; REVOKE EXECUTE ON FUNCTION public.plain(int) FROM PUBLIC, anon` },
  { rule: 'view-bypasses-rls', severity: 'error', object: 'view public.notes', bad: `${mine}${own} CREATE VIEW public.notes AS SELECT id FROM public.note`, good: `${mine}${own} CREATE VIEW public.notes WITH (security_invoker = on) AS SELECT id FROM public.note; CREATE TABLE public.free (id int); CREATE VIEW public.frees AS SELECT * FROM public.free` },
  { rule: 'view-bypasses-rls', severity: 'error', object: 'view public.through', bad: `${mine}${own} CREATE SCHEMA hidden; CREATE VIEW hidden.inner_view AS SELECT id FROM public.note; CREATE VIEW public.through AS SELECT * FROM hidden.inner_view`, good: `${mine}${own}` },
  { rule: 'auth-users-exposed', severity: 'error', object: 'view public.people', bad: 'CREATE VIEW public.people AS SELECT id FROM auth.users; GRANT SELECT ON public.people TO authenticated', good: 'CREATE VIEW public.people AS SELECT id FROM auth.users; REVOKE ALL ON public.people FROM PUBLIC, anon, authenticated' },
  { rule: 'auth-users-exposed', severity: 'error', object: 'table auth.users', bad: 'ALTER TABLE auth.users DISABLE ROW LEVEL SECURITY; GRANT SELECT ON auth.users TO anon', good: 'REVOKE ALL ON auth.users FROM PUBLIC, anon, authenticated' },
  { rule: 'materialized-view-exposed', severity: 'warning', object: 'materialized view public.sums', bad: 'CREATE MATERIALIZED VIEW public.sums AS SELECT 1 AS n; GRANT SELECT ON public.sums TO anon', good: 'CREATE MATERIALIZED VIEW public.sums AS SELECT 1 AS n; REVOKE ALL ON public.sums FROM PUBLIC, anon, authenticated' },
  { rule: 'foreign-table-exposed', severity: 'warning', object: 'foreign table public.far', bad: 'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE public.far (id int) SERVER s; GRANT SELECT ON public.far TO anon', good: 'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE public.far (id int) SERVER s; REVOKE ALL ON public.far FROM PUBLIC, anon, authenticated' },
  { rule: 'extension-in-public', severity: 'warning', object: 'extension citext', bad: 'CREATE EXTENSION citext SCHEMA public', good: 'CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext' },
  { rule: 'index-invalid', severity: 'error', object: 'index public.note_user', bad: `${mine} UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.note_user'::regclass`, good: mine },
  { rule: 'constraint-not-validated', severity: 'warning', object: 'constraint positive on public.note', bad: `${mine} ALTER TABLE public.note ADD CONSTRAINT positive CHECK (id > 0) NOT VALID`, good: `${mine} ALTER TABLE public.note ADD CONSTRAINT positive CHECK (id > 0)` },
  { rule: 'foreign-key-unindexed', severity: 'warning', object: 'constraint child_pa_pb_fkey on public.child', bad: `${parents} CREATE INDEX ON public.child (pa, id)`, good: `${parents} CREATE INDEX ON public.child (pb, pa, id)` },
  { rule: 'foreign-key-unindexed', severity: 'warning', object: 'constraint child_pa_pb_fkey on public.child', bad: `${parents} CREATE INDEX ON public.child (pa, pb) WHERE id > 5`, good: `${parents} CREATE UNIQUE INDEX ON public.child (pa, pb)` },
  { rule: 'index-duplicate', severity: 'note', object: 'index public.note_user_2', bad: `${mine} CREATE INDEX note_user_2 ON public.note (user_id)`, good: `${mine} CREATE INDEX note_user_2 ON public.note (user_id DESC); CREATE INDEX note_user_3 ON public.note (user_id) WHERE done` },
  { rule: 'no-primary-key', severity: 'note', object: 'table public.bare', bad: 'CREATE TABLE public.bare (id int)', good: mine },
];

describe('an audit', () => {
  it.each(cases)('$rule: finds the bad one ($object, $severity) and lets the good one be', async ({ rule, bad, good, object, severity }) => {
    const found = (await audited(bad)).findings.filter((one) => one.rule === rule);
    expect(found.map((one) => [one.object, one.severity])).toContainEqual([object, severity]);
    expect(found.map((one) => one.object)).toEqual([object]);
    expect((await audited(good)).findings.filter((one) => one.rule === rule).map((one) => `${one.object}: ${one.detail}`)).toEqual([]);
  });

  it('has a case and a page for every rule', () => {
    const page = readFileSync(join(root, 'docs/audit.md'), 'utf8');
    for (const { id, severity } of auditRules) {
      expect(cases.some((one) => one.rule === id), id).toBe(true);
      expect(page, id).toMatch(new RegExp(`\\| \`${id}\` \\| ${severity}`));
    }
  });

  it('looks into the schemas that PostgREST is told to serve, or those named', async () => {
    const two = 'CREATE SCHEMA api; CREATE TABLE api.a (id int PRIMARY KEY); CREATE TABLE public.b (id int PRIMARY KEY);';
    const tables = (audit: Audit): string[] => audit.findings.filter((one) => one.rule === 'rls-disabled').map((one) => one.object);
    expect(tables(await audited(two))).toEqual(['table public.b']);
    expect(tables(await audited(two, ['api', 'public']))).toEqual(['table api.a', 'table public.b']);
    expect(tables(await audited(`${two} SET LOCAL pgrst.db_schemas = 'api'`))).toEqual(['table api.a']);
  });

  it('looks in a transaction that PostgreSQL lets write nothing, gives it up, and leaves the session as it was', async () => {
    const modes = new Set<unknown>();
    const sent: string[] = [];
    await auditDatabase({
      query: async (text, values) => {
        sent.push(text);
        const result = await client.query<Record<string, unknown>>(text, values);
        if (text !== 'ROLLBACK') modes.add((await client.query<{ mode: string }>(`SELECT current_setting('transaction_read_only') AS mode`)).rows[0]?.mode);
        return result;
      },
    });
    expect([...modes]).toEqual(['on']);
    expect(sent.at(-1)).toBe('ROLLBACK');
    expect((await client.query('SHOW search_path')).rows).toEqual([{ search_path: '"$user", public' }]);
  });
});

describe('deploy-wizard audit', () => {
  it('ends with 0, 1 or 6, prints findings as a compiler does, and JSON', async () => {
    const target = await freshDatabase();
    try {
      const clean = await wizard(['audit', '--database', target.url]);
      expect(clean.code, clean.err).toBe(0);
      expect(clean.out).toContain('0 errors, 0 warnings, 0 notes; exposed: public; roles: PUBLIC');
      const writer = new pg.Client(target.connection);
      await writer.connect();
      await writer.query('CREATE TABLE public.open (id int PRIMARY KEY)');
      await writer.end();
      const bad = await wizard(['audit', '--database', target.url]);
      expect(bad.code).toBe(1);
      expect(bad.out).toMatch(/error\[rls-disabled\]: table in an exposed schema without row security\n {2}table public\.open: /);
      const json = await wizard(['audit', '--database', target.url, '--json']);
      expect(json.code).toBe(1);
      expect(JSON.parse(json.out)).toMatchObject({ schemas: ['public'], counts: { error: 1 }, findings: [{ rule: 'rls-disabled', severity: 'error', object: 'table public.open' }] });
      expect(json.out).not.toContain('password');
    } finally {
      await target.drop();
    }
    const away = await wizard(['audit', '--database', 'postgresql://nobody:hush-hush@127.0.0.1:1/nowhere']);
    expect(away.code).toBe(6);
    expect(away.err).not.toContain('hush-hush');
  });
});
