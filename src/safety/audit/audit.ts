import { functionRules } from './functions.js';
import { policyRules } from './policies.js';
import { rowSecurity } from './row-security.js';
import { severities, type AuditRule, type Finding, type Severity } from './rule.js';
import { structureRules } from './structure.js';
import { viewRules } from './views.js';

export type { AuditRule, Finding, Severity } from './rule.js';

/** Every rule, in the order of the report. */
export const auditRules: readonly AuditRule[] = [...rowSecurity, ...policyRules, ...functionRules, ...viewRules, ...structureRules];

/** What was audited, and what was found. */
export interface Audit {
  /** Schemas that an API serves. */
  schemas: string[];
  /** Roles that an API serves, as far as this database has them; PUBLIC always counts. */
  roles: string[];
  findings: Finding[];
  counts: Record<Severity, number>;
}

/** The least that a connection must do: one session, one query at a time. */
export interface AuditClient { query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }> }

/** Where PostgREST is told which schemas it serves: the session, else the settings of its login role. */
const SERVED = `SELECT coalesce(nullif(current_setting('pgrst.db_schemas', true), ''), (SELECT split_part(s, '=', 2) FROM pg_db_role_setting d, unnest(d.setconfig) AS s
  WHERE d.setrole = (SELECT oid FROM pg_roles WHERE rolname = 'authenticator') AND s LIKE 'pgrst.db\\_schemas=%' LIMIT 1), 'public') AS schemas`;

/**
 * Audits a database in one read-only transaction, which is given up at the
 * end. The client must not be inside a transaction.
 * @param exposed - schemas that an API serves; default: what PostgREST is told, else `public`
 */
export async function auditDatabase(client: AuditClient, exposed: readonly string[] = []): Promise<Audit> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const served = String((await client.query(SERVED)).rows[0]?.['schemas'] ?? 'public').split(',').map((name) => name.trim());
    // Names that the server prints must be whole, whatever the session's path is.
    await client.query(`SET LOCAL search_path = ''; SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = '5s'`);
    const schemas = exposed.length > 0 ? [...exposed] : served;
    const known = (await client.query(`SELECT oid::text, rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') ORDER BY 2`)).rows;
    const roles = [0, ...known.map((row) => Number(row['oid']))];
    const findings: Finding[] = [];
    for (const rule of auditRules) findings.push(...await apply(client, rule, schemas, roles));
    findings.sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity));
    const count = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
    return { schemas, roles: known.map((row) => String(row['rolname'])), findings, counts: { error: count('error'), warning: count('warning'), note: count('note') } };
  } finally {
    await client.query('ROLLBACK');
  }
}

async function apply(client: AuditClient, rule: AuditRule, schemas: readonly string[], roles: readonly number[]): Promise<Finding[]> {
  // PostgreSQL refuses parameters that no text mentions.
  const sql = `SELECT * FROM (${rule.sql}) AS found (object, detail, severity) WHERE $1::text[] IS NOT NULL AND $2::oid[] IS NOT NULL ORDER BY 1, 2`;
  const { rows } = await client.query(sql, [schemas, roles]);
  return rows.map((row) => {
    const own = severities.find((severity) => severity === row['severity']);
    return { rule: rule.id, severity: own ?? rule.severity, object: String(row['object']), detail: String(row['detail']), remedy: rule.remedy };
  });
}
