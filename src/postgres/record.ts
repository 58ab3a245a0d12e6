import { basename } from 'node:path';
import type { SqlWork } from '../engine/ports.js';
import type { Session } from './session.js';

/** Enters a migration file into Supabase's own table, in the step's transaction, so that its command line agrees. */
export async function recordMigration(session: Session, work: SqlWork): Promise<void> {
  const file = work.statements.map((one) => one.source.file).find((name) => name !== null && /^\d+_.+\.sql$/.test(basename(name)));
  const match = /^(\d+)_(.+)\.sql$/.exec(basename(file ?? ''));
  if (!match) return;
  const known = await session.run("SELECT to_regclass('supabase_migrations.schema_migrations') IS NOT NULL");
  if (known.rows[0]?.[0] !== 't') {
    await session.client.query('CREATE SCHEMA IF NOT EXISTS supabase_migrations; CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text)');
  }
  const [, version, name] = match;
  if (work.pass === 'rollback') await session.client.query('DELETE FROM supabase_migrations.schema_migrations WHERE version = $1', [version]);
  else await session.client.query('INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES ($1, $2, $3) ON CONFLICT (version) DO NOTHING', [version, name, work.statements.map((one) => one.sql)]);
}
