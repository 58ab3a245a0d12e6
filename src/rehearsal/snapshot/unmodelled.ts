import type { QueryClient } from './client.js';

/** Catalogs that hold no definition of their own: parts of others, statistics, the server's bookkeeping. */
export const bookkeeping = ['pg_statistic', 'pg_statistic_ext', 'pg_statistic_ext_data', 'pg_largeobject'];

/**
 * Tells what no family of the snapshot covers: each other catalog with its
 * number of rows, so that a kind a newer server brings is not passed over in silence.
 * @param modelled - catalogs that families cover
 * @returns lines for the list of what was not compared
 */
export async function unmodelled(client: QueryClient, modelled: string[]): Promise<string[]> {
  const known = [...modelled, ...bookkeeping];
  const { rows } = await client.query(
    `SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND NOT relname = ANY ($1::text[]) ORDER BY 1`, [known]);
  const lines: string[] = [];
  for (const { name } of rows) {
    const counted = await client.query(`SELECT count(*)::text AS count FROM pg_catalog.${String(name)}`);
    const count = Number(counted.rows[0]?.['count']);
    if (count > 0) lines.push(`catalog ${String(name)}: ${count} ${count === 1 ? 'entry' : 'entries'} of a kind that is not modelled`);
  }
  const large = await client.query('SELECT count(*)::text AS count FROM pg_largeobject_metadata');
  if (large.rows[0]?.['count'] !== '0') lines.push(`contents of ${String(large.rows[0]?.['count'])} large objects`);
  return lines;
}
