import { notOfExtension, ours, qualified, reachedBy, type AuditRule } from './rule.js';

/** Relations that each view reads, through other views too: (view, relation). */
const reads = `WITH RECURSIVE direct AS (
    SELECT DISTINCT r.ev_class AS view, d.refobjid AS relation FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
  ), reads AS (SELECT view, relation FROM direct UNION SELECT s.view, d.relation FROM reads s JOIN direct d ON d.view = s.relation)`;
const kind = `CASE c.relkind WHEN 'm' THEN 'materialized view ' WHEN 'f' THEN 'foreign table ' ELSE 'view ' END || ${qualified('n.nspname', 'c.relname')}`;
const exposed = (kinds: string): string => `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN (${kinds}) AND n.nspname = ANY ($1::text[]) AND ${notOfExtension('pg_class', 'c.oid')}`;
const invoker = `EXISTS (SELECT FROM unnest(c.reloptions) AS o WHERE o ~* '^security_invoker=(true|on|yes|1)$')`;

/** What reaches around row security. */
export const viewRules: readonly AuditRule[] = [
  {
    id: 'view-bypasses-rls', severity: 'error', title: 'view in an exposed schema that reads tables with row security as its owner',
    remedy: 'ALTER VIEW … SET (security_invoker = true), from PostgreSQL 15 on.',
    sql: `${reads} SELECT ${kind}, 'reads ' || (SELECT string_agg(DISTINCT t.oid::regclass::text, ', ') FROM reads s JOIN pg_class t ON t.oid = s.relation WHERE s.view = c.oid AND t.relrowsecurity) || ' as ' || c.relowner::regrole, NULL
      FROM ${exposed(`'v'`)} AND NOT ${invoker} AND EXISTS (SELECT FROM reads s JOIN pg_class t ON t.oid = s.relation WHERE s.view = c.oid AND t.relrowsecurity)`,
  },
  {
    id: 'auth-users-exposed', severity: 'error', title: 'accounts can be read through the API',
    remedy: 'Give the API a table of its own with the few columns it needs; revoke SELECT on this one.',
    sql: `${reads} SELECT ${kind}, 'reads auth.users, open to ' || ${reachedBy('c', `'SELECT'`)}, NULL
      FROM ${exposed(`'v', 'm'`)} AND ${reachedBy('c', `'SELECT'`)} IS NOT NULL AND EXISTS (SELECT FROM reads s WHERE s.view = c.oid AND s.relation = to_regclass('auth.users'))
      UNION ALL SELECT 'table auth.users', 'SELECT for ' || ${reachedBy('c', `'SELECT'`)}, NULL FROM pg_class c WHERE c.oid = to_regclass('auth.users') AND ${reachedBy('c', `'SELECT'`)} IS NOT NULL AND NOT c.relrowsecurity`,
  },
  {
    id: 'materialized-view-exposed', severity: 'warning', title: 'materialised view in the API: it has no row security',
    remedy: 'Move it to a schema that is not exposed, or revoke SELECT from the API roles and read it through a function.',
    sql: `SELECT ${kind}, 'open to ' || ${reachedBy('c', `'SELECT'`)}, NULL FROM ${exposed(`'m'`)} AND ${reachedBy('c', `'SELECT'`)} IS NOT NULL`,
  },
  {
    id: 'foreign-table-exposed', severity: 'warning', title: 'foreign table in the API: it has no row security',
    remedy: 'Move it to a schema that is not exposed, or revoke the grants of the API roles.',
    sql: `SELECT ${kind}, 'open to ' || ${reachedBy('c', `'SELECT', 'INSERT', 'UPDATE', 'DELETE'`)}, NULL FROM ${exposed(`'f'`)} AND ${reachedBy('c', `'SELECT', 'INSERT', 'UPDATE', 'DELETE'`)} IS NOT NULL`,
  },
  {
    id: 'extension-in-public', severity: 'warning', title: 'extension in schema public: its functions are part of the API',
    remedy: 'ALTER EXTENSION … SET SCHEMA extensions; an extension that cannot be moved is dropped and created there.',
    sql: `SELECT 'extension ' || quote_ident(x.extname), 'version ' || x.extversion || ' in schema ' || n.nspname, NULL FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace WHERE n.nspname = 'public' AND ${ours('n')}`,
  },
];
