import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
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
 * The server of this worker: started at the first call, stopped after the last
 * test of the file. TEST_SERVER_MAJOR=15|16|18 runs the tests on another major.
 */
export function testServer(): Promise<EmbeddedServer> {
  const major = Number(process.env['TEST_SERVER_MAJOR'] ?? 0);
  running ??= startEmbedded(isServerMajor(major) ? { major } : {});
  return running;
}

/**
 * Makes an empty database (or a copy of `template`, which nobody may be connected to).
 * @returns its URL, its connection settings for `pg`, and how to drop it
 */
export async function freshDatabase(options: { template?: string } = {}): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomUUID().slice(0, 8)}`;
  await administer(server, `CREATE DATABASE ${name}${options.template ? ` TEMPLATE "${options.template}"` : ''}`);
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

afterAll(async () => {
  const server = await running;
  running = undefined;
  await server?.stop();
});
