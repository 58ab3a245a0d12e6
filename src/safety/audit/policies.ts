import { policies, policyName, rolesOf, type AuditRule } from './rule.js';

const verb = (policy: string): string => `CASE ${policy}.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END`;
/** Roles of a policy that anybody on the network may be. */
const forAnybody = `(p.polroles && $2::oid[] AND EXISTS (SELECT FROM unnest(p.polroles) AS r WHERE r = 0 OR r::regrole::text = 'anon'))`;
/** What a session's identity is read with: costs a call per row unless it stands in a SELECT of its own. */
const identity = String.raw`(auth\.(uid|jwt|role|email)\(\)|current_setting\()`;

/** What the policies say. */
export const policyRules: readonly AuditRule[] = [
  {
    id: 'policy-always-true', severity: 'warning', title: 'policy that is always true',
    remedy: 'Compare with the owner of the row: USING (user_id = (SELECT auth.uid())).',
    sql: `SELECT ${policyName('p')}, ${verb('p')} || ' for ' || ${rolesOf('p')} || CASE WHEN p.using_text = 'true' AND p.check_text = 'true' THEN ': USING (true) WITH CHECK (true)' WHEN p.check_text = 'true' THEN ': WITH CHECK (true)' ELSE ': USING (true)' END,
        CASE WHEN p.polcmd <> 'r' AND ${forAnybody} THEN 'error' END
      FROM (${policies}) AS p WHERE p.polpermissive AND (p.using_text = 'true' OR p.check_text = 'true') AND (p.polcmd <> 'r' OR ${forAnybody})`,
  },
  {
    id: 'policy-per-row-call', severity: 'warning', title: 'policy that asks who the user is for every row',
    remedy: 'Wrap the call: (SELECT auth.uid()) is asked once per statement.',
    sql: `SELECT ${policyName('p')}, 'not in a SELECT of its own: ' || (regexp_match(p.bare, '${identity}'))[1], NULL
      FROM (SELECT q.*, regexp_replace(concat(q.using_text, ' ', q.check_text), 'SELECT ${identity}', '', 'gi') AS bare FROM (${policies}) AS q) AS p WHERE p.bare ~ '${identity}'`,
  },
  {
    id: 'policy-column-unindexed', severity: 'note', title: 'column that a policy compares has no index',
    remedy: 'CREATE INDEX CONCURRENTLY on the column: every query on the table filters by it.',
    sql: `SELECT format('column %I.%I.%I', p.nspname, p.relname, a.attname), 'compared in ' || string_agg(DISTINCT 'policy ' || quote_ident(p.polname), ', '), NULL
      FROM (${policies}) AS p JOIN pg_depend d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = p.polrelid AND d.refobjsubid > 0
      JOIN pg_attribute a ON a.attrelid = p.polrelid AND a.attnum = d.refobjsubid
      WHERE a.atttypid <> 'boolean'::regtype AND p.polcmd <> 'a' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = p.polrelid AND i.indisvalid AND i.indkey[0] = a.attnum)
      GROUP BY p.nspname, p.relname, a.attname`,
  },
  {
    id: 'policies-overlap', severity: 'note', title: 'several permissive policies for one role and command: each is evaluated, and the widest wins',
    remedy: 'Join them into one with OR, or make the narrowing ones RESTRICTIVE.',
    sql: `SELECT format('table %I.%I', p.nspname, p.relname), verb || ' for ' || CASE WHEN r = 0 THEN 'PUBLIC' ELSE r::regrole::text END || ': ' || string_agg(quote_ident(p.polname), ', ' ORDER BY p.polname), NULL
      FROM (${policies}) AS p, unnest(p.polroles) AS r, unnest(CASE p.polcmd WHEN '*' THEN ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] WHEN 'r' THEN ARRAY['SELECT'] WHEN 'a' THEN ARRAY['INSERT'] WHEN 'w' THEN ARRAY['UPDATE'] ELSE ARRAY['DELETE'] END) AS verb
      WHERE p.polpermissive GROUP BY p.nspname, p.relname, verb, r HAVING count(*) > 1`,
  },
];
