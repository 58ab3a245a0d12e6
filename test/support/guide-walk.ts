import pg from 'pg';
import { afterEach } from 'vitest';
import { main, root, shippedBaseline } from '../cli/support.js';
import type { TestDatabase } from './server.js';
import { Terminal } from './terminal.js';

const open: Terminal[] = [];
const made: TestDatabase[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) one.close();
  await Promise.all(made.splice(0).map((one) => one.drop()));
});

/** The program in a terminal of 120×40; closed after the test. */
export function terminal(args: string, env: Record<string, string> = {}, cwd = root): Terminal {
  const one = new Terminal(`'${process.execPath}' '${main}' ${args}`, { cwd, columns: 120, rows: 40, env });
  open.push(one);
  return one;
}

/** A database as a shipped guide expects it; dropped after the test. */
export async function baseline(guide: string): Promise<TestDatabase> {
  const one = await shippedBaseline(guide);
  made.push(one);
  return one;
}

/** The first value of a query. */
export async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** The run is over. */
export const END = /q or enter leaves/;

