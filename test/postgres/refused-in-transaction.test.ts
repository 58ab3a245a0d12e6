import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { loadGrammar } from '../../src/guide/sql-parse.js';
import { readStatements } from '../../src/guide/statement.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  await loadGrammar();
  database = await freshDatabase();
  client = new pg.Client(database.url);
  await client.connect();
  await client.query(`CREATE TABLE t (id int); CREATE INDEX i ON t (id); CREATE MATERIALIZED VIEW m AS SELECT id FROM t; CREATE UNIQUE INDEX u ON m (id);
    CREATE TYPE e AS ENUM ('a'); CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9); CREATE SCHEMA s`);
  await client.query("CREATE SUBSCRIPTION kept CONNECTION 'dbname=y' PUBLICATION p WITH (connect = false)");
});

afterAll(async () => {
  await client.query('ALTER SUBSCRIPTION kept SET (slot_name = NONE)');
  await client.query('DROP SUBSCRIPTION kept');
  await client.end();
  await database.drop();
});

/** What a statement leads to inside a transaction that is rolled back. */
async function inTransaction(sql: string): Promise<string> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    return 'runs';
  } catch (error) {
    return (error as pg.DatabaseError).code ?? 'lost';
  } finally {
    await client.query('ROLLBACK');
  }
}

function transactional(sql: string): boolean {
  const [statement] = readStatements(sql, 1).statements;
  if (!statement) throw new Error(`not read: ${sql}`);
  return statement.transactional;
}

/** "25001" of the server and "not transactional" of the reader must be the same statements. */
describe('what PostgreSQL refuses inside a transaction is known by its text', () => {
  it.each([
    'CREATE INDEX CONCURRENTLY n ON t (id)', 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS n ON t (id)', 'DROP INDEX CONCURRENTLY i', 'REINDEX INDEX CONCURRENTLY i', 'REINDEX (CONCURRENTLY) TABLE t',
    'REINDEX SCHEMA s', 'REINDEX DATABASE', 'REINDEX SYSTEM', 'ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY', 'VACUUM;', 'VACUUM (FULL, ANALYZE) t', 'CLUSTER', 'CREATE DATABASE other', 'DROP DATABASE other',
    'ALTER DATABASE postgres SET TABLESPACE pg_default', "CREATE TABLESPACE x LOCATION '/nowhere'", 'DROP TABLESPACE x', "ALTER SYSTEM SET work_mem = '4MB'", "CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p",
    'DISCARD ALL', "COMMIT PREPARED 'x'", "ROLLBACK PREPARED 'x'",
  ])('%s', async (sql) => {
    expect(await inTransaction(sql)).toBe('25001');
    expect(transactional(sql)).toBe(false);
  });

  it.each([
    'CREATE INDEX n ON t (id)', 'DROP INDEX i', 'REINDEX TABLE t', 'ANALYZE t', 'CLUSTER t USING i', "ALTER TYPE e ADD VALUE 'b'", 'REFRESH MATERIALIZED VIEW CONCURRENTLY m', 'ALTER TABLE p DETACH PARTITION p1',
    "ALTER DATABASE postgres SET work_mem = '4MB'", 'DISCARD PLANS', 'DISCARD TEMP', 'TRUNCATE t', 'LOCK TABLE t', 'SAVEPOINT x', 'DROP SCHEMA s', "ALTER SUBSCRIPTION kept CONNECTION 'dbname=z'",
  ])('%s runs inside one', async (sql) => {
    expect(await inTransaction(sql)).toBe('runs');
    expect(transactional(sql)).toBe(true);
  });

  // A subscription that is enabled, with a publisher to connect to, is more than a test should need.
  it.each(['ALTER SUBSCRIPTION kept REFRESH PUBLICATION', 'ALTER SUBSCRIPTION kept SET PUBLICATION q'])('%s, by the manual', (sql) => {
    expect(transactional(sql)).toBe(false);
  });
});
