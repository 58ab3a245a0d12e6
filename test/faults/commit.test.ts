import pg from 'pg';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { folder } from '../cli/support.js';
import { freshDatabase, testServer } from '../support/server.js';
import { atQuery, COMMIT } from './at-query.js';
import { report } from './report.js';
import { count, goOn, harm, inParallel, start, toldOf, undisturbed } from './undisturbed.js';
import { Wire } from './wire.js';

type Fault = (nth: number, url: string) => ReturnType<typeof atQuery>;

/** COMMITs of a run of the guide: of its two transactional steps. Every one of them is hit. */
const COMMITS = [1, 2];

const faults: Record<string, Fault> = {
  'connection cut before COMMIT arrives': (nth) => atQuery(COMMIT, nth, 'request', (line) => line.cut()),
  'connection cut before COMMIT is answered': (nth) => atQuery(COMMIT, nth, 'answer', (line) => line.cut()),
  'half-open: COMMIT never arrives': (nth) => atQuery(COMMIT, nth, 'request', (line) => line.freeze()),
  'half-open: the answer to COMMIT never arrives': (nth) => atQuery(COMMIT, nth, 'answer', (line) => line.freeze()),
  'backend terminated before COMMIT': (nth, url) => atQuery(COMMIT, nth, 'request', () => terminate(url)),
  'backend terminated during COMMIT': (nth, url) => atQuery(COMMIT, nth, 'request', () => terminateInCommit(url)),
  'backend terminated after COMMIT': (nth, url) => atQuery(COMMIT, nth, 'answer', async (line) => { await terminate(url); line.cut(); }),
};

/** Runs the guide through a disturbed wire, then goes on over the straight one; gives what is wrong afterwards. */
async function survive(name: string, nth: number, fault: Fault, wanted: Snapshot): Promise<string[]> {
  const server = await testServer();
  const database = await freshDatabase();
  const logs = folder();
  if (name.includes('during')) await administer(database.url, HOLD_COMMIT);
  const hooks = fault(nth, database.url);
  const wire = await Wire.before({ ...server.connection, database: database.connection.database }, hooks);
  try {
    const first = await start(wire.url(database.connection), logs);
    const end = first.code === 0 ? first : await goOn(database.url, logs);
    if (name.includes('during')) await administer(database.url, RELEASE_COMMIT);
    const found = await harm(`${name} ${nth} (first exit ${first.code})`, database.url, end, wanted);
    if (!hooks.acted) found.push(`${name} ${nth}: lost: the fault never came`);
    if (!toldOf(logs, /connection (?:was )?lost/i)) found.push(`${name} ${nth}: lost: the log does not tell of it`);
    return found;
  } finally {
    await wire.close();
    await database.drop();
  }
}

/** Makes every COMMIT of a step wait for a lock that the test holds, once its work is done and before it counts. */
const HOLD_COMMIT = `
  CREATE SCHEMA held;
  CREATE FUNCTION held.wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END';
  CREATE FUNCTION held.arm() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
    IF to_regclass('deploy_wizard.attempts') IS NOT NULL AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'hold') THEN
      CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON deploy_wizard.attempts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION held.wait();
    END IF; END $$;
  CREATE EVENT TRIGGER arm ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'CREATE INDEX') EXECUTE FUNCTION held.arm();`;
const RELEASE_COMMIT = 'DROP EVENT TRIGGER arm; DROP TRIGGER hold ON deploy_wizard.attempts; DROP SCHEMA held CASCADE;';

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const WRITER = "application_name = 'deploy-wizard' AND datname = current_database()";

/** Ends the backend that the run writes with, and waits until it is gone. */
function terminate(url: string): Promise<void> {
  return administer(url, `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE ${WRITER}`);
}

/** Holds the lock that COMMIT's trigger wants; once COMMIT waits for it, ends the backend there. Gives as soon as the lock is held. */
async function terminateInCommit(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('SELECT pg_advisory_lock(4711)');
  const waits = async (): Promise<boolean> => (await client.query(`SELECT FROM pg_stat_activity WHERE ${WRITER} AND wait_event_type = 'Lock' AND query ~* '^\\s*commit'`)).rows.length > 0;
  void (async () => {
    while (!await waits());
    await terminate(url);
    await client.end();
  })();
}

describe('a connection that breaks around COMMIT', () => {
  it.each(Object.entries(faults))('%s: the ledger row decides; nothing lost, nothing applied twice, nothing left unknown', async (fault, hooks) => {
    const { wanted } = await undisturbed();
    const found: string[] = [];
    await inParallel(2, COMMITS, async (nth) => found.push(...await survive(fault, nth, hooks, wanted)));
    report({ fault, boundaries: COMMITS.length, lost: count(found, 'lost'), twice: count(found, 'twice'), unknown: count(found, 'unknown') });
    expect(found).toEqual([]);
  });
});
