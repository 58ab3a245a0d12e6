import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { attribute, attributeBySnapshots } from '../../src/rehearsal/attribute.js';
import { compareSnapshots } from '../../src/rehearsal/snapshot/compare.js';
import { fingerprint, touchedObjects } from '../../src/rehearsal/snapshot/fingerprint.js';
import { takeSnapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { snapshotDatabase, snapshotsOf } from '../../src/rehearsal/snapshot-database.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
  await client.query(`CREATE TABLE public.price (id integer PRIMARY KEY, amount numeric, note text); INSERT INTO public.price SELECT n, n, 'n' FROM generate_series(1, 50) AS n`);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('a snapshot', () => {
  it('holds every object, however many there are', async () => {
    const other = await freshDatabase();
    const filler = new pg.Client(other.connection);
    await filler.connect();
    await filler.query(`DO $$ BEGIN FOR n IN 1..300 LOOP EXECUTE format('CREATE TABLE public.t%s (a integer, b integer, c integer, d integer, e integer)', n); END LOOP; END $$`);
    await filler.end();
    const snapshot = await snapshotDatabase(other.url, { contents: false });
    expect(Object.keys(snapshot.objects).filter((name) => name.startsWith('column public.t'))).toHaveLength(1500);
    expect(snapshot.notCompared).toEqual([]);
    await other.drop();
  });

  it('is the same whether a session writes numbers, times and names in its own way', async () => {
    const usual = await takeSnapshot(client);
    await client.query(`SET search_path = pg_catalog, public; SET datestyle = 'SQL, DMY'; SET extra_float_digits = -3; SET bytea_output = 'escape'; SET timezone = 'Asia/Tokyo'`);
    expect(await takeSnapshot(client)).toEqual(usual);
    await client.query('RESET ALL');
  });

  it('shares its connection with the next one, and holds none through a long run', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const sessions = async (): Promise<unknown[]> => (await client.query(`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'deploy-wizard snapshot'`)).rows;
      const snapshots = snapshotsOf(database.url);
      const first = await snapshots.take();
      const kept = await sessions();
      expect(kept).toHaveLength(1);
      expect(await snapshots.take()).toEqual(first);
      expect(await sessions()).toEqual(kept);
      vi.advanceTimersByTime(60_000);
      await vi.waitFor(async () => { expect(await sessions()).toEqual([]); }, { timeout: 10_000 });
      expect(await snapshots.take()).toEqual(first);
      await snapshots.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('refuses a client that does not keep its transaction', async () => {
    const forgetful = { query: async (text: string) => { const result = await client.query(text); await client.query('ROLLBACK'); return result; } };
    await expect(takeSnapshot(forgetful)).rejects.toThrow('one session');
  });

  it('leaves the session as it was, also after an error', async () => {
    await takeSnapshot(client);
    expect((await client.query('SHOW search_path')).rows).toEqual([{ search_path: '"$user", public' }]);
    await expect(client.query('CREATE TEMPORARY TABLE still_writable ()')).resolves.toBeDefined();
  });

  it('names tables above the limits, and compares the rest', async () => {
    await client.query('ANALYZE public.price');
    const small = await takeSnapshot(client, { maxRows: 10 });
    expect(small.tables).toEqual({});
    expect(small.notCompared).toEqual(['rows of public.price: about 50 rows, over the limit of 10']);
    expect((await takeSnapshot(client, { maxBytes: 100 })).notCompared[0]).toMatch(/^rows of public\.price: 0\.0 MiB, over the limit/);
  });

  it('works for a role that may not read everything, and says what it could not', async () => {
    await client.query('CREATE ROLE looker');
    await client.query('SET ROLE looker');
    const seen = await takeSnapshot(client);
    await client.query('RESET ROLE');
    await client.query('DROP ROLE looker');
    expect(seen.objects['table public.price']).toBeDefined();
    expect(seen.notCompared).toEqual([
      'extensions, replication and foreign data (connection of subscription): permission denied for table pg_subscription',
      'roles, settings and the database (password of role): permission denied for table pg_authid',
      'roles, settings and the database (server setting): permission denied for view pg_file_settings',
      'rows of public.price: permission denied for table price',
    ]);
  });

  it('tells what nobody modelled: contents of large objects', async () => {
    await client.query('BEGIN');
    await client.query(`SELECT lo_from_bytea(0, '\\x01')`);
    await client.query('COMMIT');
    expect((await takeSnapshot(client)).notCompared).toEqual(['contents of 1 large objects']);
    await client.query('SELECT lo_unlink(oid) FROM pg_largeobject_metadata');
  });
});

describe('a comparison', () => {
  it('notices a password and a server setting, without showing the password', async () => {
    await client.query('CREATE ROLE keeper');
    const before = await takeSnapshot(client);
    await client.query(`ALTER ROLE keeper PASSWORD 'not to be told'`);
    await client.query(`ALTER SYSTEM SET work_mem = '9MB'`);
    const { residue } = compareSnapshots(before, await takeSnapshot(client));
    await client.query('ALTER SYSTEM RESET work_mem');
    await client.query('DROP ROLE keeper');
    expect(residue.map((one) => `${one.difference} ${one.object}`)).toEqual(['left password of role keeper', 'left server setting work_mem']);
    expect(JSON.stringify(residue)).not.toContain('not to be told');
  });

  it('says what was and what is', async () => {
    const before = await takeSnapshot(client);
    await client.query(`BEGIN; ALTER TABLE public.price ALTER amount TYPE integer; ALTER TABLE public.price ALTER amount SET DEFAULT 7; CREATE INDEX price_amount ON public.price (amount); COMMIT`);
    const { clean, residue, rowsChanged } = compareSnapshots(before, await takeSnapshot(client));
    await client.query('ALTER TABLE public.price ALTER amount TYPE numeric, ALTER amount DROP DEFAULT; DROP INDEX public.price_amount');
    expect(clean).toBe(false);
    expect(residue).toEqual([
      { object: 'column public.price.amount', difference: 'changed', was: 'type numeric; default none', is: 'type integer; default 7' },
      { object: 'index public.price_amount', difference: 'left', was: null, is: 'CREATE INDEX price_amount ON public.price USING btree (amount)' },
    ]);
    expect(rowsChanged).toEqual([]);
  });

  it('tells positions of sequences without holding them against the rollback', async () => {
    await client.query('CREATE SEQUENCE public.counter');
    const before = await takeSnapshot(client);
    await client.query(`SELECT nextval('public.counter')`);
    const found = compareSnapshots(before, await takeSnapshot(client));
    expect(found.clean).toBe(true);
    expect(found.notCompared).toEqual(['position of sequence public.counter: was unused, is 1 (numbers given out are not taken back)']);
    await client.query('DROP SEQUENCE public.counter');
  });
});

describe('a fingerprint', () => {
  it('is the same for an equal structure in another database, and other for another', async () => {
    const twin = await freshDatabase();
    const second = new pg.Client(twin.connection);
    await second.connect();
    await second.query('CREATE TABLE public.gap (); DROP TABLE public.gap; CREATE TABLE public.price (id integer PRIMARY KEY, amount numeric, gone text, note text); ALTER TABLE public.price DROP gone');
    const [here, there] = [await takeSnapshot(client, { contents: false }), await takeSnapshot(second, { contents: false })];
    expect(fingerprint(there)).toBe(fingerprint(here));
    await second.query('CREATE TABLE public.unrelated (); CREATE INDEX price_note ON public.price (note)');
    const more = await takeSnapshot(second, { contents: false });
    expect(fingerprint(more)).not.toBe(fingerprint(here));
    expect(fingerprint(more, ['column public.price.note'])).toBe(fingerprint(here, ['column public.price.note']));
    expect(fingerprint(more, ['table public.price'])).not.toBe(fingerprint(here, ['table public.price']));
    expect(fingerprint(more, ['table public.nowhere'])).not.toBe(fingerprint(more, []));
    expect(touchedObjects(there, more)).toEqual(expect.arrayContaining(['index public.price_note', 'table public.price', 'table public.unrelated']));
    await second.end();
    await twin.drop();
  });
});

describe('residue', () => {
  const steps = [
    { stepId: 'add-index', statements: ['CREATE INDEX price_amount ON price (amount)'] },
    { stepId: 'add-role', statements: ['ALTER TABLE public.user_profiles ADD COLUMN role text', 'CREATE POLICY "Admins see all" ON user_profiles USING (role = \'admin\')'] },
    { stepId: 'note', statements: ['ALTER TABLE public.price ADD note text', 'COMMENT ON COLUMN price.note IS \'x\''] },
  ];

  it.each([
    ['index public.price_amount', 'add-index'], ['column public.user_profiles.role', 'add-role'], ['policy "Admins see all" on public.user_profiles', 'add-role'],
    ['comment on column public.price.note', 'note'], ['table public.price', 'add-index'], ['extension pgcrypto', null], ['grant on function public.price_amount(text) to anon', 'add-index'],
  ])('%s is tied to %s by the names in its SQL', (object, step) => {
    expect(attribute([{ object, difference: 'left' as const }], steps)).toEqual([{ object, difference: 'left', step }]);
  });

  it('is tied exactly where there is a snapshot per step', async () => {
    const options = { contents: false };
    const before = await takeSnapshot(client, options);
    const series = [];
    for (const [stepId, sql] of [['one', 'CREATE INDEX price_amount ON public.price (amount)'], ['two', `COMMENT ON TABLE public.price IS 'x'`], ['back-two', 'SELECT 1'], ['back-one', 'DROP INDEX public.price_amount; ALTER TABLE public.price ALTER note SET NOT NULL']] as const) {
      await client.query(sql);
      series.push({ stepId, after: await takeSnapshot(client, options) });
    }
    const { residue } = compareSnapshots(before, series.at(-1)?.after ?? before);
    expect(attributeBySnapshots(residue, before, series).map((one) => `${one.object}: ${one.step}`)).toEqual(['column public.price.note: back-one', 'comment on table public.price: two']);
  });
});
