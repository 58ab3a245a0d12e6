import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { differsFrom, evidenceOf, type Evidence } from '../../src/rehearsal/snapshot/evidence.js';
import { takeSnapshot, type Snapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let client: pg.Client;
let before: Snapshot;

const structure = (): Promise<Snapshot> => takeSnapshot(client, { contents: false });
/** The evidence of a guide that runs this as the superuser. */
async function evidence(forward: string, back: string, hashed = false): Promise<Evidence> {
  await client.query(forward);
  const found = evidenceOf(before, await structure(), 'postgres', hashed);
  await client.query(back);
  return found;
}
/** What differs after a change of the target, which is undone. */
async function differs(found: Evidence, change: string, undo: string, role = 'postgres'): Promise<ReturnType<typeof differsFrom>> {
  await client.query(change);
  const result = differsFrom(found, await structure(), role);
  await client.query(undo);
  return result;
}

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
  await client.query(`CREATE ROLE ev_owner; CREATE ROLE ev_runner; CREATE ROLE ev_other;
    CREATE TABLE public.price (id int PRIMARY KEY, note text DEFAULT 'n'); CREATE TABLE public.other (id int);
    CREATE FUNCTION public.long() RETURNS text LANGUAGE sql AS $$ SELECT '${'long '.repeat(60)}'::text $$`);
  before = await structure();
});

afterAll(async () => {
  await client.query('DROP OWNED BY ev_owner, ev_runner, ev_other CASCADE; DROP ROLE ev_owner, ev_runner, ev_other');
  await client.end();
  await database.drop();
});

it('holds nothing against a database like the one before the way forward, and nothing elsewhere', async () => {
  const found = await evidence('ALTER TABLE public.price ADD COLUMN more int', 'ALTER TABLE public.price DROP COLUMN more');
  expect(differsFrom(found, before, 'postgres')).toEqual({ differences: [], notes: [] });
  expect((await differs(found, 'ALTER TABLE public.other ADD COLUMN more int', 'ALTER TABLE public.other DROP COLUMN more')).differences).toEqual([]);
});

it('leaves owners out, says whose things they are, and whether the run\'s role may change them', async () => {
  const found = await evidence('CREATE INDEX price_note ON public.price (note)', 'DROP INDEX public.price_note');
  const own = 'ALTER TABLE public.price OWNER TO ev_owner';
  const back = 'ALTER TABLE public.price OWNER TO postgres';
  expect(await differs(found, own, back)).toEqual({ differences: [], notes: ['owners are not compared: table public.price belongs to ev_owner here'] });
  expect((await differs(found, own, back, 'ev_runner')).notes).toEqual(['owners are not compared: table public.price belongs to ev_owner here, and ev_runner is no member of that role: changing it may be refused']);
  const member = await differs(found, `${own}; GRANT ev_owner TO ev_other; GRANT ev_other TO ev_runner`, `${back}; REVOKE ev_owner FROM ev_other; REVOKE ev_other FROM ev_runner`, 'ev_runner');
  expect(member.notes).toEqual(['owners are not compared: table public.price belongs to ev_owner here']);
  // What belongs to the run's own role is nobody else's.
  expect((await differs(found, 'ALTER TABLE public.price OWNER TO ev_runner', back, 'ev_runner')).notes).toEqual([]);
});

it('compares owners where the guide changes them', async () => {
  const found = await evidence('ALTER TABLE public.price OWNER TO ev_owner', 'ALTER TABLE public.price OWNER TO postgres');
  const already = await differs(found, 'ALTER TABLE public.price OWNER TO ev_owner', 'ALTER TABLE public.price OWNER TO postgres');
  expect(already.differences).toEqual(['table public.price: owner ev_owner here, (the run\'s role) in the rehearsal']);
});

it('compares tuning, comments and grants only where the guide changes them', async () => {
  const plain = await evidence('ALTER TABLE public.price ADD COLUMN more int', 'ALTER TABLE public.price DROP COLUMN more');
  const tune = `ALTER TABLE public.price SET (fillfactor = 80), ALTER note SET STATISTICS 500; COMMENT ON TABLE public.price IS 'prices'; GRANT SELECT ON public.price TO ev_other`;
  const untune = 'ALTER TABLE public.price RESET (fillfactor), ALTER note SET STATISTICS -1; COMMENT ON TABLE public.price IS NULL; REVOKE SELECT ON public.price FROM ev_other';
  expect(await differs(plain, tune, untune)).toEqual({ differences: [], notes: [] });
  const tuning = await evidence(tune, untune);
  expect((await differs(tuning, tune, untune)).differences).toEqual([
    'column public.price.note: statistics 500 here, none in the rehearsal',
    'comment on table public.price is here, and was not there in the rehearsal',
    'grant on table public.price to ev_other is here, and was not there in the rehearsal',
    'table public.price: options fillfactor=80 here, none in the rehearsal',
  ]);
});

it('takes default privileges of the run\'s role for its own, whatever the role is called', async () => {
  const found = await evidence('ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ev_other', 'ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM ev_other');
  const grant = (verb: string): string => `ALTER DEFAULT PRIVILEGES FOR ROLE ev_runner IN SCHEMA public ${verb}`;
  const there = await differs(found, grant('GRANT SELECT ON TABLES TO ev_other'), grant('REVOKE SELECT ON TABLES FROM ev_other'), 'ev_runner');
  expect(there.differences).toEqual(['default acl for role (the run\'s role) in schema public on tables for ev_other is here, and was not there in the rehearsal']);
});

it('notices a change in a long text, and one where only hashes are kept', async () => {
  const change = `CREATE OR REPLACE FUNCTION public.long() RETURNS text LANGUAGE sql AS $$ SELECT '${'long '.repeat(60)}!'::text $$`;
  const undo = `CREATE OR REPLACE FUNCTION public.long() RETURNS text LANGUAGE sql AS $$ SELECT '${'long '.repeat(60)}'::text $$`;
  const shown = await evidence(`${undo.replace('LANGUAGE', 'SECURITY DEFINER LANGUAGE')}`, undo);
  expect(differsFrom(shown, before, 'postgres').differences).toEqual([]);
  expect((await differs(shown, change, undo)).differences).toEqual([expect.stringMatching(/^function public\.long\(\): body .*sha256:/)]);
  const hidden = await evidence(`ALTER TABLE public.price ALTER note SET DEFAULT 'm'`, `ALTER TABLE public.price ALTER note SET DEFAULT 'n'`, true);
  expect(JSON.stringify(hidden.objects)).not.toContain('text');
  expect(differsFrom(hidden, before, 'postgres').differences).toEqual([]);
  expect((await differs(hidden, 'ALTER TABLE public.price ALTER note TYPE varchar', 'ALTER TABLE public.price ALTER note TYPE text')).differences).toHaveLength(1);
});
