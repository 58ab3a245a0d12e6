import type { Socket } from 'node:net';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import type { Measured } from '../assertions/assertion.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { safeUrl, type ConnectionSpec } from './connection.js';
import { otherKind } from './connection-demands.js';
import { dial } from './dial.js';
import { allowance, measuredOf, PassingNotices, PassingRows, since } from './measured.js';
import { Message } from './message.js';
import { narrowed } from './narrow.js';
import { serverError } from './server-error.js';

/** Rows that a cursor is asked for at once. */
const BATCH = 1000;
const GOODBYE_MS = 3000;

/** A session holds the run's lock while a person thinks: no limit on idle sessions (PostgreSQL 14 on) may end it. */
const STAYS = "SELECT set_config('idle_session_timeout', '0', false) WHERE current_setting('idle_session_timeout', true) <> '0'";

/** Every value in PostgreSQL's own text form. */
const asText: pg.CustomTypesConfig = { getTypeParser: () => (value: unknown) => value };

/** One connection: results as text, notices collected, never a crash when the server drops it. */
export class Session {
  private notices = new PassingNotices();
  private gone: Error | null = null;

  private backend = 0;
  private anyCharacter = true;

  private constructor(readonly client: pg.Client, private readonly own: string) {
    client.on('notice', (notice) => { this.notices.add(notice.severity ?? 'NOTICE', notice.message ?? ''); });
    // A session that the server ends while idle (25P03, 57P01) arrives here; without a listener the process would end.
    client.on('error', (error) => { this.gone = error; });
    client.on('end', () => { this.gone ??= new Error('the connection was closed'); });
  }

  /**
   * Connects. Throws a ProblemError (exit 6) that names the target without its password.
   * `own`: settings of ours, as SQL, that no reset takes back.
   */
  static async open(spec: ConnectionSpec, applicationName: string, own = ''): Promise<Session> {
    let client: pg.Client | null = null;
    try {
      client = await dial(spec, applicationName);
      return await Session.begin(spec, client, own);
    } catch (error) {
      void client?.end().catch(() => undefined);
      throw unreachable(spec, error);
    }
  }

  private static async begin({ timeoutSeconds, demands }: ConnectionSpec, client: pg.Client, own: string): Promise<Session> {
    const session = new Session(client, own);
    session.survive();
    const asked = client.query<{ pid: number; encoding: string; standby: boolean; read_only: boolean }>(
      `SELECT pg_backend_pid() AS pid, getdatabaseencoding() AS encoding, pg_is_in_recovery() AS standby, current_setting('transaction_read_only') = 'on' AS read_only, (${STAYS}) AS stays`,
    );
    // A connection may be taken and then go silent; the driver's own limit is for the connecting alone.
    const late = timeoutSeconds === 0 ? undefined : setTimeout(() => { session.drop(`no answer within ${timeoutSeconds} s`); }, timeoutSeconds * 1000);
    try {
      const [row] = (await asked).rows;
      const other = otherKind(demands, { standby: row?.standby === true, readOnly: row?.read_only === true });
      if (other !== null) throw new Error(`${other}, and target_session_attrs asks for ${demands.session}`);
      session.backend = Number(row?.pid);
      session.anyCharacter = row?.encoding === 'UTF8' || row?.encoding === 'SQL_ASCII';
      if (own !== '') await client.query(own);
      return session;
    } finally {
      clearTimeout(late);
    }
  }

  /** Number of the backend. */
  get pid(): number {
    return this.backend;
  }

  /** A text of ours as the database can keep it. */
  keeps(text: string): string {
    return this.anyCharacter ? text : narrowed(text);
  }

  get lost(): boolean {
    return this.gone !== null;
  }

  /** Whether an answer of the server is owed. */
  get waiting(): boolean {
    return !(this.client as pg.Client & { readyForQuery: boolean }).readyForQuery;
  }

  /** Bytes that have come from the server. */
  get received(): number {
    return this.socket.bytesRead;
  }

  /** Counts the connection as lost, without a word to the server: what waits for an answer fails now. */
  drop(why: string): void {
    this.gone ??= new Error(why);
    this.socket.destroy(this.gone);
  }

  /** The driver reads in a listener of the socket: a value that is longer than any text can be would end the process. */
  private survive(): void {
    const { socket } = this;
    for (const read of socket.listeners('data') as ((piece: Buffer) => void)[]) {
      socket.off('data', read);
      socket.on('data', (piece: Buffer) => {
        try {
          read(piece);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ERR_STRING_TOO_LONG') throw error;
          this.drop('the server sent a value of more than 512 MB, which cannot be read: select a part of it, its length or a hash');
        }
      });
    }
  }

  private get socket(): Socket {
    return (this.client as pg.Client & { connection: { stream: Socket } }).connection.stream;
  }

  /** Runs one statement and measures it. Throws what the driver throws. */
  async run(sql: string, parameters: unknown[] = []): Promise<Measured> {
    // Outside a transaction the cursor's end is the COMMIT, and what that meets (a deferred constraint) the cursor never tells.
    if (returnsRows(sql) && this.transaction === 'T') {
      const start = performance.now();
      this.ready();
      const measured = await this.read(sql, parameters);
      return { ...measured, notices: this.takeNotices(), durationMs: since(start) };
    }
    if (parameters.length > 0) return this.bound(sql, parameters);
    const { results, error } = await this.send(sql);
    if (error !== null) throw error;
    const last = results.at(-1) ?? measuredOf('', null, null, null);
    return results.length < 2 ? last : { ...last, notices: results.flatMap((one) => one.notices) };
  }

  /** Sends a text of any number of statements as one message; gives the results that came and the error that ended it. Throws when the connection is lost. */
  async send(text: string): Promise<{ results: Measured[]; error: Error | null }> {
    this.ready();
    return new Promise((resolve, reject) => {
      const message: Message = new Message(text, () => this.takeNotices(), (error) => {
        if (error !== null && (this.gone !== null || serverError(error).lost)) reject(error);
        else resolve({ results: message.results, error });
      });
      this.client.query(message);
    });
  }

  /** Notices since they were taken last. */
  takeNotices(): Measured['notices'] {
    const { taken } = this.notices;
    this.notices = new PassingNotices();
    return taken;
  }

  /** Whether a transaction is open: `T`, `E` (failed) or `I` (none), as the server said last; behind an error that is what was so before it, until the next answer. */
  get transaction(): string | null {
    return this.client.getTransactionStatus();
  }

  private ready(): void {
    if (this.gone) throw this.gone;
    this.notices = new PassingNotices();
  }

  private async bound(sql: string, values: unknown[]): Promise<Measured> {
    const start = performance.now();
    this.ready();
    const result = await this.client.query<(string | null)[]>({ text: sql, rowMode: 'array', types: asText, values });
    const rows = new PassingRows(allowance());
    for (const row of result.rows) rows.add(row);
    return { ...measuredOf(result.command, result.rowCount, result.fields, rows), notices: this.takeNotices(), durationMs: since(start) };
  }

  /** Through a cursor: a million rows pass by one by one, a thousand stay. */
  private async read(sql: string, parameters: unknown[]): Promise<Measured> {
    const cursor = this.client.query(new Cursor<(string | null)[]>(sql, parameters, { rowMode: 'array', types: asText }));
    const rows = new PassingRows(allowance());
    // Taken as they come: a batch of wide rows would not fit into memory.
    (cursor as unknown as { handleDataRow(message: { fields: (string | null)[] }): void }).handleDataRow = ({ fields }) => { rows.add(fields); };
    try {
      for (;;) {
        const before = rows.count;
        const result = await this.orLost(new Promise<pg.QueryResult>((resolve, reject) => {
          cursor.read(BATCH, (error: Error | undefined, _: unknown, tag: pg.QueryResult) => (error ? reject(error) : resolve(tag)));
        }));
        // The tag counts the rows of the last batch alone.
        if (rows.count - before < BATCH) return measuredOf(result.command ?? 'SELECT', result.fields.length > 0 ? rows.count : result.rowCount, result.fields, rows);
      }
    } finally {
      if (!this.gone) await this.orLost(cursor.close()).catch(() => undefined);
    }
  }

  /** What the driver promises, or the end of the connection: a cursor between two batches is not told of it. */
  private async orLost<T>(work: Promise<T>): Promise<T> {
    let end: () => void = () => undefined;
    const lost = new Promise<never>((_, reject) => {
      end = () => { reject(this.gone ?? new Error('the connection was closed')); };
      this.client.once('end', end);
    });
    try {
      return await Promise.race([work, lost]);
    } finally {
      this.client.off('end', end);
    }
  }

  /** Forgets what a statement set for the session. Throws where it cannot: the session is of no use then. */
  async reset(): Promise<void> {
    await this.client.query(`RESET ROLE; RESET SESSION AUTHORIZATION; RESET ALL; ${STAYS}; ${this.own}`);
  }

  async close(): Promise<void> {
    // A connection that is dead without a word would never say goodbye.
    const dead = setTimeout(() => { this.drop('it did not close'); }, GOODBYE_MS);
    await this.client.end().catch(() => undefined);
    clearTimeout(dead);
  }
}

/** Whether a statement reads rows, as far as its first word tells: these go through a cursor. */
export function returnsRows(sql: string): boolean {
  return /^[\s(]*(select|with|table|values)\b/i.test(sql);
}

function unreachable(spec: ConnectionSpec, error: unknown): ProblemError {
  const { message, sqlstate } = serverError(error);
  if (error instanceof ProblemError) return error;
  const unused = spec.warnings.length > 0 ? ` ${spec.warnings.join('; ')}.` : '';
  const remedy = sqlstate === '28P01' || /password/i.test(message) ? 'Check user and password (PGPASSWORD, .pgpass or the environment variable of the configuration).'
    : sqlstate === '53300' ? 'No connection is free: wait, end one that nobody needs, or raise the limit (a run takes two).'
    : sqlstate === '3D000' ? 'Check the name of the database.' : 'Check host, port and TLS mode, and that the server runs.';
  return new ProblemError({ code: 'no-connection', what: `The database cannot be reached: ${message}.`, where: safeUrl(spec), remedy: `${remedy}${unused}` }, EXIT.noConnection, { cause: error });
}
