import type { QueryClient } from '../snapshot/client.js';
import { columnsOf, type Column } from './catalog.js';

/** The table that accounts of a Supabase project stand in. */
export const ACCOUNTS = 'auth.users';

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * An INSERT that the table itself should accept: what is required by a value of
 * its type, references by what is there, accounts by `account`. Values are
 * fixed beforehand, so that nothing has to be read as the role that inserts.
 * @returns null where a value cannot be made up
 */
export async function insertFor(client: QueryClient, table: string, account: string | null): Promise<string | null> {
  const values: [string, string][] = [];
  for (const column of await columnsOf(client, table)) {
    const value = await valueFor(client, table, column, account);
    if (value === undefined) return null;
    if (value !== null) values.push([quoted(column.name), value]);
  }
  if (values.length === 0) return `INSERT INTO ${table} DEFAULT VALUES`;
  return `INSERT INTO ${table} (${values.map(([name]) => name).join(', ')}) OVERRIDING SYSTEM VALUE VALUES (${values.map(([, value]) => value).join(', ')})`;
}

/** SQL of a value; null: leave the column out; undefined: none can be made up. */
async function valueFor(client: QueryClient, table: string, column: Column, account: string | null): Promise<string | null | undefined> {
  if (column.generated) return null;
  // A number of our own: one taken from the sequence would stay taken.
  if (column.numbered) return one(client, `SELECT quote_literal(coalesce(max(${quoted(column.name)}), 0) + 1) FROM ${table}`);
  if (column.refers?.table === ACCOUNTS && account !== null) return literal(account);
  if (!column.required) return null;
  if (column.refers) return await one(client, `SELECT quote_literal(${quoted(column.refers.column)}) FROM ${column.refers.table} LIMIT 1`) ?? undefined;
  const cast = (text: string): string => `${literal(text)}::${column.type}`;
  switch (column.category) {
    case 'enum': return cast(await one(client, `SELECT (enum_range(NULL::${column.type}))[1]::text`) ?? '');
    case 'A': return cast('{}');
    case 'B': return 'true';
    case 'D': return `now()::${column.type}`;
    case 'I': return cast('192.0.2.1');
    case 'N': return '1';
    case 'S': return cast(/mail/i.test(column.name) ? 'probe@example.com' : 'probe');
    case 'T': return cast('1 hour');
    case 'U': return column.type === 'uuid' ? cast(account ?? '00000000-0000-4000-8000-000000000001') : /^jsonb?$/.test(column.type) ? cast('{}') : column.type === 'bytea' ? cast('\\x01') : undefined;
    default: return undefined;
  }
}

async function one(client: QueryClient, sql: string): Promise<string | null> {
  const value = Object.values((await client.query(sql)).rows[0] ?? {})[0];
  return value == null ? null : String(value);
}

/** One row that is there: where it lies, and the UUIDs in it, one of which may say whose it is. */
export interface RowThere { where: string; uuids: string[] }

export async function anyRow(client: QueryClient, table: string): Promise<RowThere | null> {
  const { rows: [row] } = await client.query(`SELECT t.ctid::text AS at, t.tableoid AS part, to_jsonb(t) AS data FROM ${table} t LIMIT 1`);
  if (!row) return null;
  const uuids = Object.values(row['data'] as Record<string, unknown>).filter((value): value is string => typeof value === 'string' && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(value));
  return { where: `ctid = ${literal(String(row['at']))} AND tableoid = ${String(row['part'])}`, uuids: [...new Set(uuids)] };
}

/** An UPDATE that changes nothing, of all columns the role may set; null where there is none. */
export async function updateFor(client: QueryClient, table: string, role: string, row: RowThere): Promise<string | null> {
  const { rows } = await client.query(`SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity <> 'a'
    AND has_column_privilege($2, attrelid, attnum, 'UPDATE') AND has_column_privilege($2, attrelid, attnum, 'SELECT') ORDER BY attnum`, [table, role]);
  return rows.length === 0 ? null : `UPDATE ${table} SET ${rows.map((one_) => `${String(one_['name'])} = ${String(one_['name'])}`).join(', ')} WHERE ${row.where}`;
}
