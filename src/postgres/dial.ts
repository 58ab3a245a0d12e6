import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import pg from 'pg';
import { messageOf, ProblemError } from '../text/problem.js';
import { driverConfig, socketOf, type ConnectionSpec } from './connection.js';
import { UNUSABLE } from './tls.js';

/** SCRAM over TLS that binds the password's proof to the server's certificate. */
const BINDS = 'SCRAM-SHA-256-PLUS';

/**
 * Connects with or without TLS as the mode says, the other way after a failure where libpq
 * tries it: `prefer` without TLS, `allow` with it. Throws what the driver throws.
 */
export async function dial(spec: ConnectionSpec, applicationName: string): Promise<pg.Client> {
  let first: string | null = null;
  for (const secured of ways(spec)) {
    let attempt: Dial | null = null;
    try {
      attempt = new Dial(spec, applicationName, secured);
      return await attempt.connect();
    } catch (error) {
      const other = first === null && ways(spec).length > 1 && (attempt?.triesOtherWay(error) ?? (error instanceof ProblemError && error.problem.code === UNUSABLE));
      if (!other) throw first === null ? error : withFirst(error, first, secured);
      first = messageOf(error);
    }
  }
  throw new Error('no way to connect');
}

/** Whether to connect with TLS, in the order in which it is tried. */
function ways(spec: ConnectionSpec): boolean[] {
  if (socketOf(spec) !== null || spec.tls === 'disable') return [false];
  return spec.tls === 'prefer' ? [true, false] : spec.tls === 'allow' ? [false, true] : [true];
}

function withFirst(error: unknown, first: string, secured: boolean): unknown {
  if (error instanceof Error && error.message !== first) error.message = `${first}; then ${secured ? 'with' : 'without'} TLS: ${error.message}`;
  return error;
}

/** The parameters of the startup message. */
function startup({ user, database, options, session }: ConnectionSpec, applicationName: string): Record<string, string> {
  return { user, database, application_name: applicationName, ...(options === null ? {} : { options }), ...session };
}

/** One try to connect: how far it came, and whether the password's proof was bound to the certificate. */
class Dial {
  private readonly client: pg.Client;
  private stage: 'reaching' | 'securing' | 'asking' | 'admitted' = 'reaching';
  private binds = false;
  private bound = false;

  constructor(private readonly spec: ConnectionSpec, applicationName: string, private readonly secured: boolean) {
    this.client = new pg.Client(driverConfig(spec, secured));
    // Of the driver's own it would also hold what it reads from variables by itself (PGREPLICATION, PGOPTIONS).
    Object.assign(this.client, { getStartupConf: () => startup(spec, applicationName) });
    const { connection } = this.client as pg.Client & { connection: EventEmitter & { stream: Socket } };
    if (!secured) connection.on('connect', () => { this.stage = 'asking'; });
    connection.on('sslconnect', () => {
      this.stage = 'securing';
      connection.stream.once('secureConnect', () => { this.stage = 'asking'; });
    });
    // Told before the driver is: it would answer with the password.
    const asked = (binds: boolean): void => {
      this.binds = binds;
      if (this.requiresBinding && !binds) connection.stream.destroy(new Error('channel binding is required, and the server asks for the password without it'));
    };
    connection.on('authenticationSASL', ({ mechanisms }: { mechanisms: string[] }) => { asked(secured && mechanisms.includes(BINDS)); });
    for (const name of ['authenticationCleartextPassword', 'authenticationMD5Password']) connection.on(name, () => { asked(false); });
    connection.on('authenticationSASLFinal', () => { this.bound = this.binds; });
    connection.on('authenticationOk', () => { this.stage = 'admitted'; });
  }

  async connect(): Promise<pg.Client> {
    this.client.on('error', () => undefined);
    try {
      await this.client.connect();
      if (this.requiresBinding && !this.bound) throw new Error('channel binding is required, and the server let us in without it');
      return this.client;
    } catch (error) {
      // Refused by ourselves (no password for a server that wants one), the socket would stay open and the process with it.
      void this.client.end().catch(() => undefined);
      throw error;
    }
  }

  /** Whether libpq tries the other way after this failure: TLS failed, or the server refused before it let us in. */
  triesOtherWay(error: unknown): boolean {
    if (this.stage === 'asking') return error instanceof pg.DatabaseError;
    if (!this.secured) return false;
    return this.stage === 'securing' ? messageOf(error) !== 'timeout expired' : /does not support SSL/.test(messageOf(error));
  }

  private get requiresBinding(): boolean {
    return this.spec.demands.channelBinding === 'require';
  }
}
