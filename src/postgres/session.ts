import pg from 'pg';
import Cursor from 'pg-cursor';
import type { Measured } from '../assertions/assertion.js';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import { driverConfig, safeUrl, type ConnectionSpec } from './connection.js';

/** Rows of a result that are kept; the rest is counted. */
export const KEPT_ROWS = 1000;
/** Characters of a result that are kept in all. */
const KEPT_CHARACTERS = 8_000_000;
const BATCH = 1000;

/** Every value in PostgreSQL's own text form. */
const asText: pg.CustomTypesConfig = { getTypeParser: () => (value: unknown) => value };

const TYPE_NAMES: Record<number, string> = {
  16: 'bool', 18: 'char', 19: 'name', 20: 'int8', 21: 'int2', 23: 'int4', 25: 'text', 26: 'oid', 114: 'json', 142: 'xml', 700: 'float4', 701: 'float8',
  790: 'money', 1042: 'bpchar', 1043: 'varchar', 1082: 'date', 1083: 'time', 1114: 'timestamp', 1184: 'timestamptz', 1186: 'interval', 1700: 'numeric', 2950: 'uuid', 3802: 'jsonb',
};

/** What the server says of an error, as much as the wizard uses. */
export interface ServerError { sqlstate: string | null; message: string; /** 1-based character offset in the text sent. */ position: number | null; lost: boolean }

/** Reads anything the driver throws. `lost`: the connection is gone, not just the statement. */
export function serverError(thrown: unknown): ServerError {
  const error = thrown as Partial<pg.DatabaseError> & { code?: string };
  const sqlstate = typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
  const lost = sqlstate === null ? !(error instanceof pg.DatabaseError) : sqlstate.startsWith('08') || sqlstate.startsWith('57P') || ['25P03', '25P04'].includes(sqlstate);
  const detail = typeof error.detail === 'string' && error.detail !== '' ? ` (${error.detail})` : '';
  return { sqlstate, message: `${messageOf(thrown)}${detail}`, position: error.position === undefined ? null : Number(error.position), lost };
}

/** One connection: results as text, notices collected, never a crash when the server drops it. */
export class Session {
  private notices: Measured['notices'] = [];
  private gone: Error | null = null;

  private constructor(readonly client: pg.Client, readonly pid: number) {
    client.on('notice', (notice) => this.notices.push({ severity: notice.severity ?? 'NOTICE', message: notice.message ?? '' }));
    // A session that the server ends while idle (25P03, 57P01) arrives here; without a listener the process would end.
    client.on('error', (error) => { this.gone = error; });
    client.on('end', () => { this.gone ??= new Error('the connection was closed'); });
  }

  /** Connects. Throws a ProblemError (exit 6) that names the target without its password. */
  static async open(spec: ConnectionSpec, applicationName: string): Promise<Session> {
    try {
      return await Session.connect(new pg.Client(driverConfig(spec, applicationName)));
    } catch (error) {
      const plain = spec.tls === 'prefer' && /SSL|TLS/i.test(messageOf(error));
      const secured = spec.tls === 'allow' && /SSL|no pg_hba/i.test(messageOf(error));
      if (plain || secured) {
        try {
          return await Session.connect(new pg.Client(driverConfig(spec, applicationName, secured)));
        } catch (second) {
          throw unreachable(spec, second);
        }
      }
      throw unreachable(spec, error);
    }
  }

  private static async connect(client: pg.Client): Promise<Session> {
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return new Session(client, Number(rows[0]?.pid));
  }

  get lost(): boolean {
    return this.gone !== null;
  }

  /** Runs one statement and measures it. Throws what the driver throws. */
  async run(sql: string, parameters: unknown[] = []): Promise<Measured> {
    if (this.gone) throw this.gone;
    this.notices = [];
    const start = performance.now();
    const measured = /^\s*(select|with|table|values)\b/i.test(sql) ? await this.read(sql, parameters) : await this.execute(sql, parameters);
    return { ...measured, notices: this.notices, durationMs: Math.max(0, Math.round((performance.now() - start) * 10) / 10) };
  }

  /** Notices since the last statement began: for one that failed. */
  takeNotices(): Measured['notices'] {
    return this.notices;
  }

  private async execute(sql: string, parameters: unknown[]): Promise<Measured> {
    const result = await this.client.query<(string | null)[]>({ text: sql, rowMode: 'array', types: asText, ...(parameters.length > 0 ? { values: parameters } : {}) });
    const last = Array.isArray(result) ? (result as pg.QueryArrayResult<(string | null)[]>[]).at(-1) ?? result : result;
    return shape(last.command, last.fields, last.rows.slice(0, KEPT_ROWS), last.fields.length > 0 ? last.rows.length : null, last.rowCount);
  }

  /** Through a cursor: a million rows pass by, a thousand stay. */
  private async read(sql: string, parameters: unknown[]): Promise<Measured> {
    const cursor = this.client.query(new Cursor<(string | null)[]>(sql, parameters, { rowMode: 'array', types: asText }));
    const kept: (string | null)[][] = [];
    let count = 0;
    let characters = 0;
    let fields: pg.FieldDef[];
    let command = 'SELECT';
    let rowCount: number | null;
    try {
      for (;;) {
        const { rows, result } = await new Promise<{ rows: (string | null)[][]; result: pg.QueryResult }>((resolve, reject) => {
          cursor.read(BATCH, (error: Error | undefined, batch: (string | null)[][], found: pg.QueryResult) => (error ? reject(error) : resolve({ rows: batch, result: found })));
        });
        fields = result.fields;
        command = result.command ?? command;
        rowCount = result.rowCount;
        count += rows.length;
        for (const row of rows) {
          if (kept.length >= KEPT_ROWS || characters > KEPT_CHARACTERS) break;
          characters += row.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
          kept.push(row);
        }
        if (rows.length < BATCH) break;
      }
    } finally {
      if (!this.gone) await cursor.close().catch(() => undefined);
    }
    return shape(command, fields, kept, fields.length > 0 ? count : null, fields.length > 0 ? null : rowCount);
  }

  /** Forgets what a statement set for the session. */
  async reset(): Promise<void> {
    await this.client.query('RESET ROLE; RESET SESSION AUTHORIZATION; RESET ALL');
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

function shape(command: string, fields: pg.FieldDef[], rows: (string | null)[][], returned: number | null, rowCount: number | null): Measured {
  const changes = ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'].includes(command);
  return {
    kind: 'sql', columns: fields.map((field) => field.name), types: fields.map((field) => TYPE_NAMES[field.dataTypeID] ?? `oid ${field.dataTypeID}`), rows,
    rowCount: returned, truncated: returned !== null && returned > rows.length, affected: changes ? rowCount : null, command,
    durationMs: 0, error: null, notices: [], output: null, exitCode: null,
  };
}

function unreachable(spec: ConnectionSpec, error: unknown): ProblemError {
  const { message, sqlstate } = serverError(error);
  const remedy = sqlstate === '28P01' || /password/i.test(message) ? 'Check user and password (PGPASSWORD, .pgpass or the environment variable of the configuration).'
    : sqlstate === '3D000' ? 'Check the name of the database.' : 'Check host, port and TLS mode, and that the server runs.';
  return new ProblemError({ code: 'no-connection', what: `The database cannot be reached: ${message}.`, where: safeUrl(spec), remedy }, EXIT.noConnection, { cause: error });
}
