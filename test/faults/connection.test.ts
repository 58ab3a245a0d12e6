import { afterAll, describe, expect, it } from 'vitest';
import type { RunState } from '../../src/engine/state.js';
import { atMessage, atQuery, COMMIT } from './at-query.js';
import { RestartableServer } from './restartable-server.js';
import { Lending, type Reused } from './reused.js';
import { tryAll, WAITING, world, type Trial, type World } from './trial.js';
import { endWalks } from './walking.js';
import type { Line } from './wire.js';

afterAll(endWalks);

/** The connections of a run, in the order in which it opens them. */
const WRITES = 0;
const COPIES = 1;

type Side = 'request' | 'answer';
type Act = (line: Line, database: Reused) => Promise<void> | void;

const cut: Act = (line) => line.cut();
const freeze: Act = (line) => line.freeze();
/** About as long as it takes to tell that an open connection is dead: one that is not open yet need not take twice as long. */
const PATIENCE = 7;
/** Ends the backend, and waits until it is gone. What it answered before does not arrive. */
const terminate = (side: Side): Act => async (line, database) => {
  await database.query('SELECT pg_terminate_backend($1, 10000)', [line.pid]);
  if (side === 'answer') line.cut();
};

/** That the connection was lost; before the first step, how the run had ended. */
const tells = (_: RunState): RegExp[] => [/connection (?:was )?lost|cannot be reached/i];

/** One fault at every message of a connection, before it arrives or before its answer does. */
function everywhere(calm: World, number: number, side: Side, act: Act, told = tells): Trial[] {
  return (calm.messages[number] ?? []).map((text, index) => ({
    name: `${side} ${index + 1}, ${text.trim().replace(/\s+/g, ' ').slice(0, 60)}`,
    wire: (database) => atMessage(number, index + 1, side, (line) => act(line, database)),
    ...(act === freeze && index < 6 ? { patience: PATIENCE } : {}),
    tells: told,
  }));
}

const faults: [string, number, Side, Act][] = [
  ['connection cut before a statement arrives', WRITES, 'request', cut],
  ['connection cut before a statement is answered', WRITES, 'answer', cut],
  ['half-open: a statement never arrives', WRITES, 'request', freeze],
  ['half-open: an answer never arrives', WRITES, 'answer', freeze],
  ['backend terminated before a statement', WRITES, 'request', terminate('request')],
  ['backend terminated after a statement', WRITES, 'answer', terminate('answer')],
];

describe('a connection that breaks, at every statement of a run', () => {
  let roomy: RestartableServer | null = null;
  const lending = new Lending(async () => (roomy ??= await RestartableServer.start()).connection('postgres'));
  afterAll(async () => {
    await lending.close();
    await roomy?.stop();
  });

  it.each(faults)('%s: nothing lost, nothing applied twice, nothing left unknown', async (fault, number, side, act) => {
    const calm = await world({ short: true }, {}, 0);
    expect(calm.messages[number]?.filter((text) => COMMIT.test(text))).toHaveLength(1);
    expect(await tryAll(fault, calm, everywhere(calm, number, side, act), act === freeze ? { on: lending, width: WAITING } : {})).toEqual([]);
  });

  it('the one that copies the journal, before it is answered', async () => {
    const calm = await world({ short: true }, {}, 0);
    expect(await tryAll('connection of the copy cut', calm, everywhere(calm, COPIES, 'answer', cut, () => []).map((one) => ({ ...one, mayMiss: true })))).toEqual([]);
  });

  it('a backend terminated during COMMIT', async () => {
    const calm = await world({}, {}, 0);
    const during: Trial[] = [1, 2].map((nth) => ({
      name: `during ${nth}`,
      before: async (database) => { await database.query(HOLD_COMMIT); },
      wire: (database) => atQuery(COMMIT, nth, 'request', (line) => terminateInCommit(line, database)),
      after: async (database) => { await database.query(RELEASE_COMMIT); },
      tells,
    }));
    expect(await tryAll('backend terminated during COMMIT', calm, during)).toEqual([]);
  });
});

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

/** Holds the lock that COMMIT's trigger wants; once COMMIT waits for it, ends the backend there. Gives as soon as the lock is held. */
async function terminateInCommit({ pid }: Line, database: Reused): Promise<void> {
  await database.query('SELECT pg_advisory_lock(4711)');
  const waits = async (): Promise<boolean> => (await database.query("SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock' AND query ~* '^\\s*commit'", [pid])).length > 0;
  void (async () => {
    while (!await waits());
    await database.query('SELECT pg_terminate_backend($1, 10000)', [pid]);
    await database.query('SELECT pg_advisory_unlock(4711)');
  })();
}
