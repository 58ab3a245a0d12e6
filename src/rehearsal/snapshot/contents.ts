import { messageOf } from '../../text/problem.js';
import type { QueryClient, Snapshot, SnapshotOptions } from './snapshot.js';

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

/** Reads the contents of every table and filled materialised view into the snapshot; what is too large or not readable is named. */
export async function readContents(client: QueryClient, snapshot: Snapshot, options: SnapshotOptions): Promise<void> {
  for (const table of (await client.query(tablesSql)).rows.map(asTable)) {
    if (table.kind === 'f') {
      snapshot.notCompared.push(`rows of foreign table ${table.name}: they lie on another server`);
      continue;
    }
    const reason = tooLarge(table, options);
    if (reason) {
      snapshot.notCompared.push(`rows of ${table.name}: ${reason}`);
      continue;
    }
    await client.query('SAVEPOINT contents');
    try {
      snapshot.tables[table.name] = asContent(table, (await client.query(contentSql(table))).rows[0] ?? {});
      await client.query('RELEASE SAVEPOINT contents');
    } catch (thrown) {
      await client.query('ROLLBACK TO SAVEPOINT contents');
      snapshot.notCompared.push(`rows of ${table.name}: ${messageOf(thrown)}`);
    }
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
  return `SELECT count(*)::text AS rows, ${names.length > 0 ? hash(names) : `'0'`} AS hash, ${perColumn.length > 0 ? `ARRAY[${perColumn.join(', ')}]` : `'{}'::text[]`} AS columns FROM ONLY ${table.name}`;
}

function asContent(table: Table, row: Record<string, unknown>): TableContent {
  const hashes = Array.isArray(row['columns']) ? (row['columns'] as unknown[]) : [];
  return { rows: Number(row['rows']), hash: String(row['hash']), columns: Object.fromEntries(table.columns.map((name, index) => [name, String(hashes[index])])) };
}
