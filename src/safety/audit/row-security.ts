import { notOfExtension, ours, policies, policyName, qualified, reachedBy, type AuditRule } from './rule.js';

const exposedTables = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($1::text[]) AND ${notOfExtension('pg_class', 'c.oid')}`;

/** Whether row security is on, and whether it does anything. */
export const rowSecurity: readonly AuditRule[] = [
  {
    id: 'rls-disabled', severity: 'error', title: 'table in an exposed schema without row security',
    remedy: 'ALTER TABLE … ENABLE ROW LEVEL SECURITY, and a policy for each command that the API needs.',
    sql: `SELECT 'table ' || ${qualified('n.nspname', 'c.relname')}, coalesce('open to ' || ${reachedBy('c', `'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'`)}, 'no API role has a grant on it yet'), NULL FROM ${exposedTables} AND NOT c.relrowsecurity`,
  },
  {
    id: 'policies-without-rls', severity: 'error', title: 'policies that nobody asks: row security is off',
    remedy: 'ALTER TABLE … ENABLE ROW LEVEL SECURITY.',
    sql: `SELECT 'table ' || ${qualified('n.nspname', 'c.relname')}, count(*) || ' policies without effect: ' || string_agg(quote_ident(p.polname), ', ' ORDER BY p.polname), NULL
      FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours('n')} AND NOT c.relrowsecurity GROUP BY n.nspname, c.relname`,
  },
  {
    id: 'rls-without-policy', severity: 'warning', title: 'row security without a policy: nobody but the owner sees a row',
    remedy: 'Write the policies, or say in a comment that the table is for the server alone.',
    sql: `SELECT 'table ' || ${qualified('n.nspname', 'c.relname')}, 'no policy', NULL FROM ${exposedTables} AND c.relrowsecurity AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)`,
  },
  {
    id: 'policy-user-metadata', severity: 'error', title: 'policy that trusts what users write about themselves',
    remedy: 'Read app_metadata, or a table that users cannot write.',
    sql: `SELECT ${policyName('p')}, 'reads user_metadata, which every user may change', NULL FROM (${policies}) AS p WHERE concat(p.using_text, p.check_text) ~ 'user_metadata'`,
  },
  {
    id: 'public-create', severity: 'error', title: 'everybody may create objects in this schema',
    remedy: 'REVOKE CREATE ON SCHEMA … FROM PUBLIC: whoever creates a function there can catch calls without a schema name.',
    sql: `SELECT 'schema ' || quote_ident(n.nspname), 'CREATE for ' || string_agg(CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END, ', '), NULL
      FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) AS x WHERE ${ours('n')} AND x.privilege_type = 'CREATE' AND x.grantee = ANY ($2::oid[]) GROUP BY n.nspname`,
  },
];
