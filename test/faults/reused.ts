import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import pg from 'pg';
import { databaseUrl, type EmbeddedServer } from '../../src/rehearsal/embedded.js';
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

// The rehearsal's own proof compares whole catalogs, which here would be most of the time; it has tests of its own.
// What initdb made has a number below 16384: the catalogs are read from there on alone.
const HOLDS = `
  WITH own AS (SELECT oid, oid::regnamespace::text AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'deploy_wizard')),
    relation AS (SELECT c.oid, c.oid::regclass::text AS name, c.relkind FROM pg_class c WHERE oid >= 16384 AND relnamespace IN (SELECT oid FROM own))
  SELECT (SELECT array_agg(thing) FROM (
      SELECT 'schema ' || name FROM own
      UNION ALL SELECT 'relation ' || name || ' ' || relkind::text FROM relation
      UNION ALL SELECT 'column ' || concat_ws(' ', name, attname, atttypid::regtype, attnotnull) FROM pg_attribute JOIN relation r ON r.oid = attrelid WHERE attrelid >= 16384 AND attnum > 0
      UNION ALL SELECT 'index ' || concat_ws(' ', name, indrelid::regclass, indkey, indisunique, indisvalid, indisready) FROM pg_index JOIN relation r ON r.oid = indexrelid WHERE indexrelid >= 16384
      UNION ALL SELECT 'constraint ' || concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE oid >= 16384 AND connamespace IN (SELECT oid FROM own)
      UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN relation r ON r.oid = tgrelid
      UNION ALL SELECT 'function ' || oid::regprocedure::text FROM pg_proc WHERE oid >= 16384 AND pronamespace IN (SELECT oid FROM own)
    ) AS every (thing)) AS things,
    (SELECT array_agg(name) FROM relation WHERE relkind = 'r') AS tables`;

/** What differs: lines that are missing, and lines there are too many of. */
export function compareHeld(wanted: readonly string[], found: readonly string[]): { missing: string[]; more: string[] } {
  const less = (from: readonly string[], take: readonly string[]): string[] => {
    const left = [...take];
    return from.filter((line) => { const at = left.indexOf(line); if (at >= 0) left.splice(at, 1); return at < 0; });
  };
  return { missing: less(wanted, found), more: less(found, wanted) };
}

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
    await client.query(`CREATE DATABASE ${name} STRATEGY FILE_COPY`);
    await client.end();
    return new Reused({ ...server, database: name });
  }

  get url(): string {
    return databaseUrl(this.connection);
  }

  async query<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await (await this.session()).query<T>(text, values)).rows;
  }

  /** Everything in it but the ledger, a line each: columns, indexes and whether they are valid, constraints, functions, rows. */
  async holds(): Promise<string[]> {
    const [found] = await this.query<{ things: string[] | null; tables: string[] | null }>(HOLDS);
    const tables = found?.tables ?? [];
    const [rows] = await this.query<{ rows: string[] }>(`SELECT ARRAY(${['SELECT NULL::text WHERE false', ...tables.map((table) => `SELECT $$row of ${table}: $$ || t::text FROM ${table} t`)].join(' UNION ALL ')}) AS rows`);
    return [...found?.things ?? [], ...rows?.rows ?? []].sort();
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
