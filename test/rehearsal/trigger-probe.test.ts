import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { applySqlFiles } from '../../src/postgres/apply.js';
import { supabaseBaseline } from '../../src/rehearsal/supabase.js';
import { compareSnapshots } from '../../src/rehearsal/snapshot/compare.js';
import { snapshotDatabase } from '../../src/rehearsal/snapshot-database.js';
import { triggerProbeOf } from '../../src/rehearsal/trigger-probe.js';
import type { Probed } from '../../src/rehearsal/triggers/probe.js';
import { freshDatabase, testServer, administer, type TestDatabase } from '../support/server.js';
import { cleanPairs } from './corpus/clean.js';
import { baseline } from './corpus/corpus.js';

const TEMPLATE = 'probe_template';

/** Tables that an application had before, each with an own-row policy. */
const BEFORE = `
  CREATE TABLE public.note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users (id), title text NOT NULL, kind text NOT NULL DEFAULT 'plain');
  ALTER TABLE public.note ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON public.note FOR ALL TO authenticated USING (user_id = auth.uid()) WITH CHECK (user_id = auth.uid());
  CREATE TABLE public.trail (id serial PRIMARY KEY, what text, who uuid);
  ALTER TABLE public.trail ENABLE ROW LEVEL SECURITY;`;

const keep = (definer: string): string => `CREATE FUNCTION public.keep() RETURNS trigger LANGUAGE plpgsql ${definer} AS $$
  BEGIN INSERT INTO public.trail (what, who) VALUES (TG_OP, auth.uid()); RETURN NULL; END $$;`;

beforeAll(async () => {
  const database = await freshDatabase();
  await applySqlFiles(database.url, [...supabaseBaseline().map((path) => ({ path })), { path: '(before)', text: BEFORE }]);
  await administer(await testServer(), `ALTER DATABASE "${database.connection.database}" RENAME TO ${TEMPLATE}`);
});

async function probe(sql: string, check?: (database: TestDatabase) => Promise<void>): Promise<Probed> {
  const database = await freshDatabase({ template: TEMPLATE });
  const found = triggerProbeOf(database.url);
  try {
    await found.begin();
    await run(database, sql);
    const before = check ? await snapshotDatabase(database.url) : null;
    const probed = await found.end();
    if (before) expect(compareSnapshots(before, await snapshotDatabase(database.url))).toMatchObject({ clean: true, notCompared: [] });
    return probed;
  } finally {
    await found.close();
    await database.drop();
  }
}

async function run(database: TestDatabase, sql: string): Promise<void> {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

describe('what triggers stop', () => {
  const signUp = (definer: string): string => `CREATE TABLE public.settings (user_id uuid PRIMARY KEY REFERENCES auth.users (id), theme text NOT NULL DEFAULT 'system');
    ALTER TABLE public.settings ENABLE ROW LEVEL SECURITY;
    CREATE FUNCTION public.welcome() RETURNS trigger LANGUAGE plpgsql ${definer} AS $$ BEGIN INSERT INTO public.settings (user_id) VALUES (NEW.id); RETURN NEW; END $$;
    CREATE TRIGGER on_sign_up AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.welcome();`;

  it('is a sign-up, first for want of a privilege, then of a policy', async () => {
    expect((await probe(signUp(''), async () => undefined)).findings).toEqual([{
      severity: 'fault', table: 'auth.users', commands: ['INSERT'], role: 'supabase_auth_admin', trigger: 'on_sign_up', function: 'welcome',
      errors: [{ sqlstate: '42501', message: 'permission denied for table settings' }, { sqlstate: '42501', message: 'new row violates row-level security policy for table "settings"' }],
    }]);
  });

  it("is not a sign-up whose function has its owner's rights", async () => {
    expect((await probe(signUp("SECURITY DEFINER SET search_path = ''"))).findings).toEqual([]);
  });

  it("is a user's own change that an unwritable trail refuses, also in a table that is still empty", async () => {
    const { findings } = await probe(`${keep('')} CREATE TRIGGER keep AFTER INSERT OR UPDATE OR DELETE ON public.note FOR EACH ROW EXECUTE FUNCTION public.keep();`, async () => undefined);
    expect(findings).toEqual([{
      severity: 'fault', table: 'public.note', commands: ['INSERT', 'UPDATE', 'DELETE'], role: 'authenticated', trigger: 'keep', function: 'keep',
      errors: [{ sqlstate: '42501', message: 'new row violates row-level security policy for table "trail"' }],
    }]);
  });

  it('is a function that names what is not there, and only a warning in a new table', async () => {
    const { findings } = await probe(`CREATE TABLE public.fresh (id int PRIMARY KEY, v text);
      CREATE FUNCTION public.look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM public.gone; RETURN NEW; END $$;
      CREATE TRIGGER look BEFORE INSERT ON public.fresh FOR EACH ROW EXECUTE FUNCTION public.look();`);
    expect(findings.map(({ severity, role, errors }) => [severity, role, errors[0]?.message])).toEqual(['anon', 'authenticated', 'service_role'].map((role) => ['warning', role, 'relation "public.gone" does not exist']));
  });

  it('names the function at the end of a chain of triggers', async () => {
    const { findings } = await probe(`${signUp("SECURITY DEFINER SET search_path = ''")}
      GRANT ALL ON public.settings TO authenticated; CREATE POLICY own ON public.settings TO authenticated USING (user_id = auth.uid()) WITH CHECK (user_id = auth.uid());
      ${keep('')} CREATE TRIGGER keep AFTER UPDATE ON public.settings FOR EACH ROW EXECUTE FUNCTION public.keep();`);
    expect(findings.map(({ table, commands, role, trigger, function: name }) => [table, commands.join(), role, trigger, name])).toEqual([['public.settings', 'UPDATE', 'authenticated', 'keep', 'keep']]);
  });
});

describe('no alarm is raised', () => {
  it.each([
    ['a guard that refuses by its own words', `CREATE FUNCTION public.guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF current_user = 'authenticated' THEN RAISE EXCEPTION 'not you' USING ERRCODE = 'insufficient_privilege'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON public.note FOR EACH ROW EXECUTE FUNCTION public.guard();`],
    ['a function that finds its tables by the search_path', `CREATE FUNCTION public.bare() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN INSERT INTO trail (what) VALUES (TG_OP); RETURN NEW; END $$;
      CREATE TRIGGER bare BEFORE INSERT OR UPDATE OR DELETE ON public.note FOR EACH ROW EXECUTE FUNCTION public.bare();`],
    ['a constraint that made-up values break', `CREATE FUNCTION public.strict() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN INSERT INTO public.note (user_id, title) VALUES (NULL, NULL); RETURN NEW; END $$;
      CREATE TABLE public.other (id int PRIMARY KEY); CREATE TRIGGER strict AFTER INSERT ON public.other FOR EACH ROW EXECUTE FUNCTION public.strict();`],
    ['a disabled trigger', `${keep('')} CREATE TRIGGER keep AFTER INSERT ON public.note FOR EACH ROW EXECUTE FUNCTION public.keep(); ALTER TABLE public.note DISABLE TRIGGER keep;`],
    ['no trigger at all', 'CREATE TABLE public.plain (id int)'],
  ])('for %s', async (_name, sql) => {
    expect((await probe(sql)).findings).toEqual([]);
  });

  it('for any clean pair of the corpus', async () => {
    const database = await freshDatabase();
    try {
      await run(database, baseline);
      for (const { name, forward } of cleanPairs.filter((pair) => /TRIGGER|FUNCTION/.test(String(pair.forward)))) {
        const found = triggerProbeOf(database.url);
        await found.begin();
        for (const sql of [forward].flat()) await run(database, sql);
        expect((await found.end()).findings, name).toEqual([]);
        await found.close();
      }
    } finally {
      await database.drop();
    }
  });
});

afterAll(async () => administer(await testServer(), `DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`));
