import type { Family, ObjectQuery } from './family.js';
import { isCatalog, objectSql } from './family.js';
import { GO_ON, READY, type QueryClient } from './client.js';
import { annotations } from './annotations.js';
import { cluster } from './cluster.js';
import { columns } from './columns.js';
import { constraints } from './constraints.js';
import { grants } from './grants.js';
import { languages } from './languages.js';
import { readContents, type TableContent } from './contents.js';
import { relations } from './relations.js';
import { replication } from './replication.js';
import { routines } from './routines.js';
import { types } from './types.js';
import { unmodelled } from './unmodelled.js';
import { messageOf } from '../../text/problem.js';

export type { QueryClient } from './client.js';

/** One object of a database: what it is part of, and its properties by name. */
export interface CatalogObject { parent: string | null; facets: Record<string, string> }

/** A database as it stood at one moment. Plain data: it may be written to a file and read back. */
export interface Snapshot {
  major: number;
  /** By name, such as `index public.price_amount` or `grant on table public.price to anon`. */
  objects: Record<string, CatalogObject>;
  /** By qualified name of the table; absent when contents were not asked for. */
  tables: Record<string, TableContent>;
  /** What was not looked at, and why. */
  notCompared: string[];
}

export interface SnapshotOptions {
  /** Row counts and hashes too (default); without them a snapshot takes some tens of milliseconds. */
  contents?: boolean;
  /** Tables above either limit are only named. Defaults: 2 million rows, 1 GiB. */
  maxRows?: number;
  maxBytes?: number;
}

/** What a snapshot covers, one file each. */
export const families: readonly Family[] = [relations, columns, constraints, types, routines, grants, annotations, replication, languages, cluster];

/**
 * Takes a snapshot of the connected database in one read-only REPEATABLE READ
 * transaction. The client must not be inside a transaction.
 * @returns objects with their properties, contents of tables as hashes, and what could not be read
 */
export async function takeSnapshot(client: QueryClient, options: SnapshotOptions = {}): Promise<Snapshot> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    // Text of the same value must be the same text: names qualified, formats fixed, row security an error, not a filter.
    await client.query(`SET LOCAL search_path = ''; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL timezone = 'UTC';
      SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL row_security = off; SET LOCAL quote_all_identifiers = off; SET LOCAL jit = off`);
    const { rows } = await client.query(`SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('search_path') AS path`);
    if (rows[0]?.['path'] !== '""') throw new Error('a snapshot needs a client that keeps one session and one transaction');
    await client.query(READY);
    const major = Number(rows[0]?.['major']);
    const snapshot: Snapshot = { major, objects: {}, tables: {}, notCompared: [] };
    for (const family of families) await readFamily(client, family, snapshot);
    snapshot.notCompared.push(...await unmodelled(client, families.flatMap((family) => family.catalogs)));
    if (options.contents !== false) await readContents(client, snapshot, options);
    return snapshot;
  } finally {
    await client.query('ROLLBACK');
  }
}

/** All queries of a family in one message; where that fails, one by one, so that only what cannot be read is left out. */
async function readFamily(client: QueryClient, family: Family, snapshot: Snapshot): Promise<void> {
  const queries = family.queries(snapshot.major);
  if (await readObjects(client, queries.map(objectSql).join('\nUNION ALL\n'), snapshot) === null) return;
  for (const query of queries) {
    const failure = await readObjects(client, objectSql(query), snapshot);
    if (failure !== null) snapshot.notCompared.push(`${family.name} (${kindOf(query)}): ${failure}`);
  }
}

function kindOf({ object, name }: ObjectQuery): string {
  if (object) return isCatalog(object[0]) ? object[0] : 'all';
  return /^'([^']*?) ?'/.exec(name ?? '')?.[1] ?? 'other';
}

/** @returns null, or why it could not be read */
async function readObjects(client: QueryClient, sql: string, snapshot: Snapshot): Promise<string | null> {
  try {
    for (const row of (await client.query(sql)).rows) {
      const facets = (typeof row['facets'] === 'string' ? JSON.parse(row['facets']) : row['facets']) as Record<string, string>;
      const parent = facets['part of'] ?? (row['parent'] == null ? null : String(row['parent']));
      snapshot.objects[shortName(String(row['object']))] = { parent: parent === null ? null : shortName(parent), facets };
    }
    return null;
  } catch (thrown) {
    await client.query(GO_ON);
    return messageOf(thrown);
  }
}

/** PostgreSQL says `table column` and `table constraint`, and writes every type's schema; people leave out the table and the system's schema. */
function shortName(name: string): string {
  return name
    .replace(/(^| on | of | to )(?:table|view|materialized view|foreign table|composite type) column /, '$1column ')
    .replace(/(^| on | of )(?:table|domain) constraint /, '$1constraint ')
    .replace(/([(,] ?|VARIADIC | AS )pg_catalog\./g, '$1');
}
