const NAMING = ['DATABASE_URL', 'PGSERVICE', 'PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGDATABASE', 'PGUSER'];

/** Whether a variable says which database is meant. Pure. */
export function namesDatabase(env: NodeJS.ProcessEnv): boolean {
  return NAMING.some((name) => env[name]);
}
