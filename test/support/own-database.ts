import { afterEach, beforeEach } from 'vitest';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from './server.js';

/** The database of the test that runs, and a client on it. */
export interface OwnDatabase { readonly url: string; readonly client: pg.Client }

/** Gives each test of a file a database of its own, in which `setup` was run. */
export function ownDatabase(setup = ''): OwnDatabase {
  let database: TestDatabase;
  let client: pg.Client;
  beforeEach(async () => {
    database = await freshDatabase();
    client = new pg.Client(database.url);
    await client.connect();
    await client.query(setup);
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
  });
  return { get url() { return database.url; }, get client() { return client; } };
}
