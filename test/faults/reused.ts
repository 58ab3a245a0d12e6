import { createHash, randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import pg from 'pg';
import { databaseUrl, type EmbeddedServer } from '../../src/rehearsal/embedded.js';
import { takeSnapshot, type Snapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { testServer } from '../support/server.js';

type Connection = EmbeddedServer['connection'];

const EMPTY = `DO $$
  DECLARE one text;
  BEGIN
    FOR one IN SELECT format('EVENT TRIGGER %I', evtname) FROM pg_event_trigger
      UNION ALL SELECT format('SCHEMA %I', nspname) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
      UNION ALL SELECT format('TABLE %s', oid::regclass) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    LOOP EXECUTE 'DROP ' || one || ' CASCADE'; END LOOP;
  END $$`;
const NOBODY = 'SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';

/**
 * A database that serves one trial after the other: to make one, and to look
 * at its catalog for the first time, costs far more than to empty it again.
 */
export class Reused {
  private client: pg.Client | null = null;

  private constructor(readonly connection: Connection) {}

  static async on(server: Connection): Promise<Reused> {
    const name = `reused_${randomUUID().slice(0, 8)}`;
    const client = new pg.Client(server);
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    return new Reused({ ...server, database: name });
  }

  get url(): string {
    return databaseUrl(this.connection);
  }

  async query<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await (await this.session()).query<T>(text, values)).rows;
  }

  /** Its catalog and the rows of its tables. */
  async snapshot(): Promise<Snapshot> {
    const client = await this.session();
    // Planning these queries takes longer than running them.
    return takeSnapshot({ query: (text, values) => client.query<Record<string, unknown>>(text.length > 2000 ? { name: createHash('md5').update(text).digest('hex'), text, values } : { text, values }) });
  }

  /** Steps that the ledger holds as committed, each as often as it was; null where there is no ledger. */
  async applied(): Promise<string[] | null> {
    const [known] = await this.query<{ there: boolean }>("SELECT to_regclass('deploy_wizard.attempts') IS NOT NULL AS there");
    if (known?.there !== true) return null;
    return (await this.query<{ step: string }>("SELECT step FROM deploy_wizard.attempts WHERE state = 'committed' ORDER BY step")).map((row) => row.step);
  }

  /** Waits until every other session is gone; ends those that stay. */
  async alone(): Promise<void> {
    await this.query(NOBODY);
  }

  /** As new. */
  async empty(): Promise<void> {
    await this.alone();
    await this.query(EMPTY);
  }

  async close(): Promise<void> {
    await this.client?.end().catch(() => undefined);
    this.client = null;
  }

  private async session(): Promise<pg.Client> {
    if (this.client !== null) return this.client;
    const client = new pg.Client({ ...this.connection, application_name: 'test' });
    // The server may be stopped meanwhile.
    client.on('error', () => undefined);
    client.on('end', () => { if (this.client === client) this.client = null; });
    await client.connect();
    this.client = client;
    return client;
  }
}

/** Databases of one server, each lent to one trial at a time. */
export class Lending {
  private readonly idle: Reused[] = [];
  private readonly made: Reused[] = [];

  constructor(private readonly server: () => Promise<Connection>) {}

  /** An empty database. */
  async borrow(): Promise<Reused> {
    const one = this.idle.pop();
    if (one) return one;
    const another = await Reused.on(await this.server());
    this.made.push(another);
    return another;
  }

  /** Takes it back, emptied. */
  async giveBack(one: Reused): Promise<void> {
    await one.empty();
    this.idle.push(one);
  }

  async close(): Promise<void> {
    await Promise.all(this.made.map((one) => one.close()));
  }
}

/** On the worker's server. */
export const lending = new Lending(async () => (await testServer()).connection);
afterAll(() => lending.close());
