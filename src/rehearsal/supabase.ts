import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../text/package-root.js';

/**
 * The SQL files, in order, that turn an empty database into one a guide with
 * `database: supabase` can start from: roles, schema `auth`, default privileges.
 * Each may run again on a database that has some or all of it.
 * @returns absolute paths
 */
export function supabaseBaseline(): string[] {
  const folder = join(packageRoot(), 'migrations', 'supabase');
  return readdirSync(folder).filter((name) => name.endsWith('.sql')).sort().map((name) => join(folder, name));
}

/** The SQL file that puts sample accounts into such a database, where it has none. */
export function supabaseAccounts(): string {
  return join(packageRoot(), 'migrations', 'supabase', 'sample', 'accounts.sql');
}
