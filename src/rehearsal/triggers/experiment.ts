import { messageOf } from '../../text/problem.js';
import type { QueryClient } from '../snapshot/client.js';
import { quoted } from './row.js';

/** What PostgreSQL says when a trigger stops a statement. */
export interface TriggerError { sqlstate: string; message: string; /** Where the functions stood, innermost first. */ context: string }

/** A statement, who sends it, and for whom. */
export interface Attempt { sql: string; role: string; /** `sub` of the JWT; null: nobody is signed in. */ account: string | null }

/** SQLSTATEs of a function that cannot do its work: no privilege or row security, or it names what is not there. */
const BROKEN = new Set(['42501', '42P01', '42703', '42883']);

/** Runs an attempt and takes it back. Gives its error, or the number of rows. */
async function attempt(client: QueryClient, { sql, role, account }: Attempt): Promise<TriggerError & { raised: boolean } | number> {
  await client.query('SAVEPOINT attempt');
  try {
    await client.query("SELECT set_config('request.jwt.claims', $1, true)", [JSON.stringify({ ...(account === null ? {} : { sub: account }), role })]);
    await client.query(`SET LOCAL ROLE ${quoted(role)}`);
    const done = await client.query(sql) as { rowCount?: number | null };
    // Deferred triggers fire now, not at a COMMIT that never comes.
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    return done.rowCount ?? 0;
  } catch (thrown) {
    const error = thrown as { code?: string; where?: string; routine?: string };
    // A refusal that the function words itself is meant: guards do that.
    return { sqlstate: error.code ?? '', message: messageOf(thrown), context: error.where ?? '', raised: error.routine === 'exec_stmt_raise' };
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT attempt');
  }
}

/**
 * Whether these triggers of a table stop a statement that works without them.
 * Only what is certain counts: the same statement of the same role goes through
 * with the triggers switched off, and with them a function is refused something.
 * The caller's transaction is left as it was.
 * @returns the error, then the one that follows once the role has every privilege on tables; empty: no fault found
 */
export async function stopped(client: QueryClient, table: string, triggers: readonly string[], one: Attempt): Promise<TriggerError[] | 'untried'> {
  await client.query('SAVEPOINT control');
  for (const name of triggers) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ${quoted(name)}`);
  const control = await attempt(client, one);
  await client.query('ROLLBACK TO SAVEPOINT control');
  if (typeof control !== 'number' || control === 0) return 'untried';
  const first = certain(await attempt(client, one));
  if (first === null) return [];
  await client.query('SAVEPOINT granted');
  try {
    await client.query(`DO $$ DECLARE s text; BEGIN FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
      EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${quoted(one.role).replaceAll("'", "''")}', s); EXECUTE format('GRANT ALL ON ALL TABLES IN SCHEMA %I TO ${quoted(one.role).replaceAll("'", "''")}', s); END LOOP; END $$`);
    const second = certain(await attempt(client, one));
    return second === null || second.message === first.message ? [first] : [first, second];
  } catch {
    return [first];
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT granted');
  }
}

function certain(result: TriggerError & { raised: boolean } | number): TriggerError | null {
  if (typeof result === 'number' || result.raised || result.context === '' || !BROKEN.has(result.sqlstate)) return null;
  return { sqlstate: result.sqlstate, message: result.message, context: result.context };
}
