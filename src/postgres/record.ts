import type { MigrationRecord } from '../engine/ports.js';
import type { Session } from './session.js';

/** The table as the Supabase CLI makes it; older ones lack the last two columns. */
const TABLE = `
  CREATE SCHEMA IF NOT EXISTS supabase_migrations;
  CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY);
  ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[];
  ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text;`;
const CURRENT = "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('supabase_migrations.schema_migrations') AND attname IN ('version', 'statements', 'name') AND NOT attisdropped";

/**
 * Enters migrations into Supabase's own list, and takes out those undone, so
 * that its command line agrees. Runs in the transaction that is open: the entry
 * stands if and only if the migration does. One that is there already stays.
 */
export async function recordMigrations(session: Session, { enter, remove }: MigrationRecord): Promise<void> {
  if (enter.length === 0 && remove.length === 0) return;
  if ((await session.run(CURRENT)).rows[0]?.[0] !== '3') await session.client.query(TABLE);
  for (const { version, name, statements } of enter) {
    await session.client.query('INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES ($1, $2, $3) ON CONFLICT (version) DO NOTHING', [version, name, statements]);
  }
  if (remove.length > 0) await session.client.query('DELETE FROM supabase_migrations.schema_migrations WHERE version = ANY ($1)', [remove]);
}

/** Why migrations must not run: some are in the list already, so that they were applied. Null: none is. Looks only. */
export async function alreadyListed(session: Session, { enter }: MigrationRecord): Promise<string | null> {
  if (enter.length === 0 || (await session.run("SELECT to_regclass('supabase_migrations.schema_migrations') IS NOT NULL")).rows[0]?.[0] !== 't') return null;
  const { rows } = await session.client.query<{ version: string }>('SELECT version FROM supabase_migrations.schema_migrations WHERE version = ANY ($1) ORDER BY 1', [enter.map(({ version }) => version)]);
  const versions = rows.map(({ version }) => version).join(' ');
  return versions === '' ? null : `supabase_migrations.schema_migrations has ${versions} already: it was applied by other hands, or by another run. Skip the step; or, where it does not stand, supabase migration repair --status reverted ${versions}, then retry`;
}
