import { messageOf } from '../../text/problem.js';
import { GO_ON, type QueryClient } from './client.js';
import type { Snapshot, SnapshotOptions } from './snapshot.js';

/** What a table holds, as numbers that are equal only for equal contents. */
export interface TableContent {
  rows: number;
  /** Sum of the rows' hashes: the order of rows does not matter. */
  hash: string;
  /** The same per column, each value taken together with its row's primary key where there is one. */
  columns: Record<string, string>;
}

const DEFAULT_ROWS = 2_000_000;
const DEFAULT_BYTES = 1024 ** 3;
const TABLES_AT_ONCE = 50;

/** Reads the contents of every table and filled materialised view into the snapshot; what is too large or not readable is named. */
export async function readContents(client: QueryClient, snapshot: Snapshot, options: SnapshotOptions): Promise<void> {
  const tables = (await client.query(tablesSql)).rows.map(asTable).filter((table) => {
    const reason = table.kind === 'f' ? 'they lie on another server' : tooLarge(table, options);
    if (reason) snapshot.notCompared.push(`rows of ${table.kind === 'f' ? 'foreign table ' : ''}${table.name}: ${reason}`);
    return reason === null;
  });
  for (let start = 0; start < tables.length; start += TABLES_AT_ONCE) await readTables(client, tables.slice(start, start + TABLES_AT_ONCE), snapshot);
}

/** Some tables in one message; where that fails, one by one, so that only what cannot be read is left out. */
async function readTables(client: QueryClient, tables: Table[], snapshot: Snapshot): Promise<void> {
  try {
    for (const row of (await client.query(tables.map(contentSql).join('\nUNION ALL\n'))).rows) {
      const table = tables.find((one) => one.name === row['name']);
      if (table) snapshot.tables[table.name] = asContent(table, row);
    }
  } catch (thrown) {
    await client.query(GO_ON);
    const [only] = tables;
    if (tables.length === 1 && only) snapshot.notCompared.push(`rows of ${only.name}: ${messageOf(thrown)}`);
    else for (const table of tables) await readTables(client, [table], snapshot);
  }
}

interface Table { name: string; kind: string; bytes: number; estimate: number; columns: string[]; key: string[] }

const tablesSql = `
SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind,
  CASE WHEN c.relkind = 'f' THEN 0 ELSE pg_table_size(c.oid) END::text AS bytes, greatest(c.reltuples, 0)::bigint::text AS estimate,
  (SELECT json_agg(a.attname ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT json_agg(a.attname ORDER BY a.attname) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary) AS key
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm', 'f') AND (c.relkind <> 'm' OR c.relispopulated)
  AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'deploy_wizard')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1`;

function asTable(row: Record<string, unknown>): Table {
  const list = (value: unknown): string[] => (value == null ? [] : ((typeof value === 'string' ? JSON.parse(value) : value) as string[]));
  return { name: String(row['name']), kind: String(row['kind']), bytes: Number(row['bytes']), estimate: Number(row['estimate']), columns: list(row['columns']), key: list(row['key']) };
}

function tooLarge(table: Table, options: SnapshotOptions): string | null {
  const bytes = options.maxBytes ?? DEFAULT_BYTES;
  const rows = options.maxRows ?? DEFAULT_ROWS;
  const mebibytes = (size: number): string => `${(size / 1024 ** 2).toFixed(1)} MiB`;
  if (table.bytes > bytes) return `${mebibytes(table.bytes)}, over the limit of ${mebibytes(bytes)}`;
  if (table.estimate > rows) return `about ${table.estimate} rows, over the limit of ${rows}`;
  return null;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Whole rows with columns in the order of their names, so that a moved column alone changes no hash. */
function contentSql(table: Table): string {
  const names = table.columns.map(quoted);
  const hash = (values: string[]): string => `coalesce(sum(hashtextextended(ROW(${values.join(', ')})::text, 0)), 0)::text`;
  const key = table.key.map(quoted);
  const perColumn = names.map((name) => hash([...key, name]));
  // ROW() takes at most 1664 values, as does a target list; PostgreSQL's tables have at most 1600 columns.
  return `SELECT '${table.name.replaceAll("'", "''")}' AS name, count(*)::text AS rows, ${names.length > 0 ? hash(names) : `'0'`} AS hash, ${perColumn.length > 0 ? `ARRAY[${perColumn.join(', ')}]` : `'{}'::text[]`} AS columns FROM ONLY ${table.name}`;
}

function asContent(table: Table, row: Record<string, unknown>): TableContent {
  const hashes = Array.isArray(row['columns']) ? (row['columns'] as unknown[]) : [];
  return { rows: Number(row['rows']), hash: String(row['hash']), columns: Object.fromEntries(table.columns.map((name, index) => [name, String(hashes[index])])) };
}
