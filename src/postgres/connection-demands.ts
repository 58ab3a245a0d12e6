import { bad } from '../text/connection-pieces.js';

const BINDINGS = ['disable', 'prefer', 'require'] as const;
const SESSIONS = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'] as const;

/** What the connection has to be; libpq's `channel_binding` and `target_session_attrs`. */
export interface Demands { channelBinding: (typeof BINDINGS)[number]; session: (typeof SESSIONS)[number] }

/** Settings that ask something of the connection, and the values that are held; any other is refused. No TLS before 1.2 is spoken. */
const HELD: Readonly<Record<string, readonly string[]>> = {
  channel_binding: BINDINGS, target_session_attrs: SESSIONS,
  gssencmode: ['disable', 'prefer'], require_auth: [''], requirepeer: [''], replication: ['', 'false', 'off', 'no', '0'],
  sslcrldir: [''], sslcertmode: ['', 'disable', 'allow'], sslnegotiation: ['postgres', 'direct'],
  ssl_min_protocol_version: ['', 'TLSv1', 'TLSv1.1', 'TLSv1.2'], ssl_max_protocol_version: ['', 'TLSv1.2', 'TLSv1.3'],
  min_protocol_version: ['', '3.0'], max_protocol_version: ['', '3.0', '3.2', 'latest'],
};

const INTEGERS = ['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout'];

/** The demands of a target. Throws a ProblemError (exit 2) for one that is none, or that is not held. */
export function demandsOf(pick: (name: string) => string | undefined): Demands {
  for (const [name, values] of Object.entries(HELD)) {
    const value = pick(name);
    // Its value may be part of a password that was not quoted: it is not shown.
    if (value !== undefined && !values.includes(value)) throw bad(`what ${name} asks for cannot be held here`, `Leave ${name} out${values.join('') === '' ? '' : `, or say ${values.filter((one) => one !== '').join(', ')}`}.`);
  }
  for (const name of INTEGERS) integer(pick(name) ?? '0', name);
  return { channelBinding: pick('channel_binding') as Demands['channelBinding'] | undefined ?? 'prefer', session: pick('target_session_attrs') as Demands['session'] | undefined ?? 'any' };
}

/** A whole number as libpq reads one. Throws a ProblemError (exit 2). */
export function integer(text: string, name: string): number {
  const value = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value) || value !== (value | 0)) throw bad(`${name} is not a whole number`, `Give ${name} as a number, or leave it out.`);
  return value;
}

/** What a session is not that was asked for, or null. */
export function otherKind({ session }: Demands, { standby, readOnly }: { standby: boolean; readOnly: boolean }): string | null {
  switch (session) {
    case 'read-write': return readOnly ? 'the session is read-only' : null;
    case 'read-only': return readOnly ? null : 'the session is not read-only';
    case 'primary': return standby ? 'the server is a standby' : null;
    case 'standby': return standby ? null : 'the server is not a standby';
    case 'any': case 'prefer-standby': return null;
  }
}
