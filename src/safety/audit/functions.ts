import { notOfExtension, ours, type AuditRule } from './rule.js';

const functions = `pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace WHERE ${ours('n')} AND f.prokind IN ('f', 'p') AND ${notOfExtension('pg_proc', 'f.oid')}`;
const named = `CASE f.prokind WHEN 'p' THEN 'procedure ' ELSE 'function ' END || format('%I.%I(%s)', n.nspname, f.proname, oidvectortypes(f.proargtypes))`;
const pathFixed = `EXISTS (SELECT FROM unnest(f.proconfig) AS setting WHERE setting LIKE 'search\\_path=%')`;
const callers = `(SELECT string_agg(CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END, ', ' ORDER BY x.grantee) FROM aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS x WHERE x.privilege_type = 'EXECUTE' AND x.grantee = ANY ($2::oid[]))`;
/** Called by their triggers only. */
const callable = `f.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)`;

/** Functions that run with rights of others, or that anybody may call. */
export const functionRules: readonly AuditRule[] = [
  {
    id: 'definer-search-path', severity: 'error', title: 'SECURITY DEFINER without a fixed search_path',
    remedy: `ALTER FUNCTION … SET search_path = '', and schema names in its body: else its caller decides which functions and tables it finds.`,
    sql: `SELECT ${named}, 'runs as ' || f.proowner::regrole || ' with the search_path of whoever calls it', NULL FROM ${functions} AND f.prosecdef AND NOT ${pathFixed}`,
  },
  {
    id: 'definer-callable', severity: 'error', title: 'SECURITY DEFINER function in an exposed schema that API roles may call',
    remedy: 'REVOKE EXECUTE … FROM PUBLIC, anon and authenticated where they need not call it; else move it out of the exposed schemas.',
    sql: `SELECT ${named}, 'runs as ' || f.proowner::regrole || ', callable by ' || ${callers}, CASE WHEN ${callers} !~ '\\m(PUBLIC|anon)\\M' THEN 'warning' END FROM ${functions} AND f.prosecdef AND ${callable} AND n.nspname = ANY ($1::text[]) AND ${callers} IS NOT NULL`,
  },
  {
    id: 'function-callable', severity: 'note', title: 'function in an exposed schema that everybody may call',
    remedy: 'REVOKE EXECUTE … FROM PUBLIC where the API need not call it, and grant it to the roles that do: new functions are open to PUBLIC.',
    sql: `SELECT ${named}, 'callable by ' || ${callers}, NULL FROM ${functions} AND NOT f.prosecdef AND ${callable} AND n.nspname = ANY ($1::text[]) AND ${callers} ~ '\\m(PUBLIC|anon)\\M'`,
  },
];
