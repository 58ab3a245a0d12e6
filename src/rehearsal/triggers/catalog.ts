import type { QueryClient } from '../snapshot/client.js';

/** Commands that fire triggers and that a role may be granted. */
export const commands = ['INSERT', 'UPDATE', 'DELETE'] as const;
export type TriggerCommand = (typeof commands)[number];

/** A trigger, and everything that decides what it does. */
export interface TriggerSeen { table: string; name: string; function: string; commands: TriggerCommand[]; /** Hash of definition and function. */ hash: string }

/** Triggers and tables of a database at one moment. */
export interface TriggersSeen { triggers: TriggerSeen[]; tables: Set<string> }

const USER_SCHEMAS = "n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'deploy_wizard')";

/** Enabled triggers of ordinary and partitioned tables, and the tables themselves, by qualified name. */
export async function seeTriggers(client: QueryClient): Promise<TriggersSeen> {
  const triggers = await client.query(`SELECT format('%I.%I', n.nspname, c.relname) AS table, t.tgname AS name, p.proname AS function, t.tgtype AS bits,
      md5(pg_get_triggerdef(t.oid) || p.prosrc || p.prosecdef || coalesce(p.proconfig::text, '') || p.proowner) AS hash
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled IN ('O', 'A') AND c.relkind IN ('r', 'p') AND ${USER_SCHEMAS} ORDER BY 1, 2`);
  const tables = await client.query(`SELECT format('%I.%I', n.nspname, c.relname) AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND ${USER_SCHEMAS}`);
  return {
    triggers: triggers.rows.map((row) => ({
      table: String(row['table']), name: String(row['name']), function: String(row['function']), hash: String(row['hash']),
      // Bits of pg_trigger.tgtype: 4 INSERT, 16 UPDATE, 8 DELETE (src/include/catalog/pg_trigger.h).
      commands: commands.filter((command) => (Number(row['bits']) & { INSERT: 4, UPDATE: 16, DELETE: 8 }[command]) !== 0),
    })),
    tables: new Set(tables.rows.map((row) => String(row['table']))),
  };
}

/** Triggers that are new or do something else than before. */
export function changedTriggers(before: TriggersSeen, after: TriggersSeen): TriggerSeen[] {
  const known = new Set(before.triggers.map((one) => `${one.table} ${one.name} ${one.hash}`));
  return after.triggers.filter((one) => !known.has(`${one.table} ${one.name} ${one.hash}`));
}

/** Roles that own a table or were granted the command on it (a column suffices), without superusers. */
export async function writersOf(client: QueryClient, table: string, command: TriggerCommand): Promise<string[]> {
  const { rows } = await client.query(`WITH relation AS (SELECT * FROM pg_class WHERE oid = $1::regclass),
    granted AS (
      SELECT a.grantee, a.privilege_type FROM relation r, aclexplode(coalesce(r.relacl, acldefault('r', r.relowner))) a
      UNION SELECT a.grantee, a.privilege_type FROM relation r JOIN pg_attribute t ON t.attrelid = r.oid, aclexplode(t.attacl) a)
    SELECT DISTINCT o.rolname AS role FROM granted g JOIN pg_roles o ON o.oid = g.grantee
    WHERE g.privilege_type = $2 AND NOT o.rolsuper AND o.rolname !~ '^pg_' AND has_schema_privilege(o.oid, (SELECT relnamespace FROM relation), 'USAGE') ORDER BY 1`, [table, command]);
  return rows.map((row) => String(row['role']));
}

/** A column as far as a value for it depends on it. */
export interface Column { name: string; type: string; category: string; required: boolean; /** Filled from a sequence or an identity. */ numbered: boolean; generated: boolean; /** `schema.table(column)` it refers to. */ refers: { table: string; column: string } | null }

export async function columnsOf(client: QueryClient, table: string): Promise<Column[]> {
  const { rows } = await client.query(`SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, CASE WHEN y.typtype = 'e' THEN 'enum' ELSE y.typcategory::text END AS category,
      a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS required, a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false) AS numbered, a.attgenerated <> '' AS generated,
      (SELECT format('%I.%I', n.nspname, f.relname) FROM pg_class f JOIN pg_namespace n ON n.oid = f.relnamespace WHERE f.oid = k.confrelid) AS "to",
      (SELECT attname FROM pg_attribute WHERE attrelid = k.confrelid AND attnum = k.confkey[1]) AS "toColumn"
    FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN LATERAL (SELECT * FROM pg_constraint WHERE conrelid = a.attrelid AND contype = 'f' AND conkey = ARRAY[a.attnum] LIMIT 1) k ON true
    WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`, [table]);
  return rows.map((row) => ({
    name: String(row['name']), type: String(row['type']), category: String(row['category']), required: row['required'] === true, numbered: row['numbered'] === true, generated: row['generated'] === true,
    refers: row['to'] == null ? null : { table: String(row['to']), column: String(row['toColumn']) },
  }));
}
