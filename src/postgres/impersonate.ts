import type { SqlOutcome } from '../engine/ports.js';
import { messageOf } from '../text/problem.js';
import { serverError } from './server-error.js';
import type { Session } from './session.js';

type Refusal = NonNullable<SqlOutcome['error']>;

const refusal = (message: string, sqlstate: string | null = null): Refusal => ({ sqlstate, message, statement: null, line: null });

/**
 * Takes a role and the claims that PostgREST would set, for the open
 * transaction alone (`SET LOCAL`, local `set_config`), then proves that the
 * role really changed. Outside a transaction both would do nothing, so none is
 * an error here.
 * @param role - null: claims alone, under the session's own role
 * @param claims - JSON text of an object, or null
 * @returns why it cannot be, or null
 */
export async function impersonate(session: Session, role: string | null, claims: string | null): Promise<Refusal | null> {
  if (session.transaction !== 'T') return refusal('a role and claims hold inside a transaction only, and none is open');
  let given: Record<string, unknown>;
  try {
    const parsed: unknown = claims === null ? {} : JSON.parse(claims);
    if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return refusal('the claims are not a JSON object');
    given = { ...parsed };
  } catch (error) {
    return refusal(`the claims are not JSON: ${messageOf(error)}`);
  }
  try {
    const all = JSON.stringify({ ...(role === null ? {} : { role }), ...given });
    const sub = typeof given.sub === 'string' ? given.sub : '';
    await session.run("SELECT set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('request.jwt.claim.role', $3, true)", [all, sub, role ?? '']);
    if (role === null) return null;
    await session.client.query(`SET LOCAL ROLE "${role.replaceAll('"', '""')}"`);
    const now = (await session.run('SELECT current_user')).rows[0]?.[0] ?? 'unknown';
    return now === role ? null : refusal(`the step runs as "${role}", but the server says that its role is "${now}"`);
  } catch (thrown) {
    const error = serverError(thrown);
    if (error.lost || session.lost) throw thrown;
    return refusal(`the step runs as "${role ?? ''}", and the session may not take that role: ${error.message}. Create it, or GRANT it to the role that is connected`, error.sqlstate);
  }
}

/**
 * Why a transaction that took a role may not be trusted any more, or null. Its
 * text may take yet another role on purpose; but RESET ROLE gives back the
 * rights of the connection, and everything after it proved nothing.
 */
export async function regainedPower(session: Session, role: string): Promise<Refusal | null> {
  const [now, own] = (await session.run('SELECT current_user, session_user')).rows[0] ?? [];
  return now !== own || now === role ? null : refusal(`the step runs as "${role}", but a statement in it went back to the connection's own role "${now ?? ''}" (RESET ROLE): what came after it was not tested as "${role}"`);
}
