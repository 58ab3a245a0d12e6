import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { isServerMajor } from '../../src/rehearsal/packaged-majors.js';
import { databaseUrl, startEmbedded, type EmbeddedServer } from '../../src/rehearsal/embedded.js';

/** A database of a test's own, on the server its worker shares. */
export interface TestDatabase {
  url: string;
  connection: EmbeddedServer['connection'];
  /** Drops it, ending whoever is still connected. */
  drop(): Promise<void>;
}

let running: Promise<EmbeddedServer> | undefined;

/**
 * The server of this worker: started at the first call, emptied after each file, gone with the worker.
 * TEST_SERVER_MAJOR=15|16|18 runs the tests on another major.
 */
export function testServer(): Promise<EmbeddedServer> {
  const major = Number(process.env['TEST_SERVER_MAJOR'] ?? 0);
  if (running === undefined) {
    running = startEmbedded(isServerMajor(major) ? { major } : {});
    // The worker is ended by a signal, which would leave the server behind.
    process.once('SIGTERM', () => process.exit(143));
  }
  return running;
}

/** Takes away what the tests of a file left on the worker's server: databases, roles, slots and settings. */
export async function emptyServer(): Promise<void> {
  const server = await running;
  if (!server) return;
  const client = new pg.Client(server.connection);
  await client.connect();
  try {
    const named = async (query: string): Promise<string[]> => (await client.query<{ name: string }>(query)).rows.map((row) => client.escapeIdentifier(row.name));
    for (const name of await named("SELECT datname AS name FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')")) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    for (const name of await named("SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$|public$)'")) await client.query(`DROP SCHEMA ${name} CASCADE`);
    await client.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active');
    for (const name of await named("SELECT rolname AS name FROM pg_roles WHERE rolname <> 'postgres' AND rolname !~ '^pg_'")) {
      await client.query(`DROP OWNED BY ${name} CASCADE`);
      await client.query(`DROP ROLE ${name}`);
    }
    for (const name of await named("SELECT spcname AS name FROM pg_tablespace WHERE spcname !~ '^pg_'")) await client.query(`DROP TABLESPACE ${name}`);
    await client.query('ALTER SYSTEM RESET ALL');
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}

/**
 * Makes an empty database (or a copy of `template`, which nobody may be connected to).
 * @returns its URL, its connection settings for `pg`, and how to drop it
 */
export async function freshDatabase(options: { template?: string } = {}): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomUUID().slice(0, 8)}`;
  // By way of its log, as is usual, a copy costs the server five times as much.
  await administer(server, `CREATE DATABASE ${name}${options.template ? ` TEMPLATE "${options.template}"` : ''} STRATEGY FILE_COPY`);
  const connection = { ...server.connection, database: name };
  return { url: databaseUrl(connection), connection, drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** Runs one statement as the superuser in the server's first database. */
export async function administer(server: EmbeddedServer, sql: string): Promise<void> {
  const client = new pg.Client(server.connection);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
