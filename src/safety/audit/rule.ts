/** How bad a finding is. `error`: somebody can read or write what is not theirs, or the object does not work. */
export const severities = ['error', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

/**
 * One thing to look for. `sql` gives rows (object, detail, severity); the
 * third may be NULL for the rule's own. Parameters: $1 exposed schemas
 * (text[]), $2 oids of the roles that the API serves, 0 for PUBLIC (oid[]).
 */
export interface AuditRule {
  id: string;
  severity: Severity;
  /** What is wrong, in a few words. */
  title: string;
  remedy: string;
  sql: string;
}

/** What was found, once per object. */
export interface Finding { rule: string; severity: Severity; object: string; detail: string; remedy: string }

/** Not the database's own: the system's schemas and the ledger. */
export const ours = (schema: string): string => `${schema}.nspname NOT LIKE 'pg\\_%' AND ${schema}.nspname NOT IN ('information_schema', 'deploy_wizard')`;

/** Not brought by an extension, whose author answers for it. */
export const notOfExtension = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

/** Names of those API roles that hold one of these privileges on a relation; NULL where none does. */
export const reachedBy = (relation: string, privileges: string): string =>
  `(SELECT string_agg(DISTINCT CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END, ', ')
    FROM aclexplode(coalesce(${relation}.relacl, acldefault('r', ${relation}.relowner))) AS x WHERE x.grantee = ANY ($2::oid[]) AND x.privilege_type IN (${privileges}))`;

/** `schema.name`, quoted where it must be. */
export const qualified = (schema: string, name: string): string => `format('%I.%I', ${schema}, ${name})`;

/** Names of the roles of a policy. */
export const rolesOf = (policy: string): string => `(SELECT string_agg(CASE WHEN r = 0 THEN 'PUBLIC' ELSE r::regrole::text END, ', ') FROM unnest(${policy}.polroles) AS r)`;

/** The policies of tables that are ours, with their texts. */
export const policies = `SELECT p.*, n.nspname, c.relname, pg_get_expr(p.polqual, p.polrelid) AS using_text, pg_get_expr(p.polwithcheck, p.polrelid) AS check_text
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours('n')}`;

/** `policy p on public.t`. */
export const policyName = (policy: string): string => `format('policy %I on %I.%I', ${policy}.polname, ${policy}.nspname, ${policy}.relname)`;
