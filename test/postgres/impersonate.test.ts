import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/ports.js';
import { resolveConnection } from '../../src/postgres/connection.js';
import { impersonate } from '../../src/postgres/impersonate.js';
import { Session } from '../../src/postgres/session.js';
import { freshDatabase, testServer, administer, type TestDatabase } from '../support/server.js';
import { guideFile, folder, logOf, wizard } from '../cli/support.js';
import { perform, target, workOf } from './support.js';

let database: TestDatabase;
let on: Target;
const claims = '{"sub": "ada", "tenant": 7}';
const CLAIMS = "SELECT current_user, session_user, coalesce(current_setting('request.jwt.claims', true), ''), coalesce(current_setting('request.jwt.claim.sub', true), ''), coalesce(current_setting('request.jwt.claim.role', true), '')";
const NOTHING = ['postgres', 'postgres', '', '', ''];

beforeAll(async () => {
  const server = await testServer();
  for (const sql of ['CREATE ROLE authenticated NOLOGIN', 'CREATE ROLE "odd ""role" NOLOGIN', 'CREATE ROLE limited LOGIN']) await administer(server, sql);
  database = await freshDatabase();
  on = await target(database.url);
  await perform(on, await workOf(`
    CREATE TABLE token (id int, owner text); INSERT INTO token VALUES (1, 'ada'), (2, 'ada'), (3, 'bob');
    ALTER TABLE token ENABLE ROW LEVEL SECURITY; GRANT SELECT, INSERT, UPDATE, DELETE ON token TO authenticated;
    CREATE POLICY own ON token USING (owner = current_setting('request.jwt.claims', true)::json ->> 'sub')`));
});

afterAll(async () => {
  await on.close();
  await database.drop();
  const server = await testServer();
  for (const role of ['authenticated', '"odd ""role"', 'limited']) await administer(server, `DROP ROLE ${role}`);
});

/** Who the working session is, and what claims it has, seen by a step without a role. */
async function afterwards(given: Target = on): Promise<(string | null)[] | undefined> {
  return (await perform(given, await workOf(CLAIMS))).finished[0]?.measured.rows[0];
}

describe('a step with `as` and `claims`', () => {
  it('runs as the role, with its claims, inside a transaction', async () => {
    const done = await perform(on, await workOf(`${CLAIMS}; SELECT count(*) FROM token; SELECT now() = statement_timestamp()`, { as: 'authenticated', claims }));
    expect(done.state).toBe('committed');
    expect(done.finished[0]?.measured.rows[0]).toEqual(['authenticated', 'postgres', '{"role":"authenticated","sub":"ada","tenant":7}', 'ada', 'authenticated']);
    expect(done.finished[1]?.measured.rows).toEqual([['2']]);
    // In a transaction of several statements now() stands still.
    expect(done.finished[2]?.measured.rows).toEqual([['f']]);
    expect(await afterwards()).toEqual(NOTHING);
  });

  it('takes a blocked UPDATE or DELETE for no rows, not for an error; a blocked INSERT for an error', async () => {
    const blocked = await perform(on, await workOf("UPDATE token SET id = 0 WHERE owner = 'bob'; DELETE FROM token WHERE owner = 'bob'; UPDATE token SET id = id WHERE owner = 'ada'", { as: 'authenticated', claims }));
    expect(blocked).toMatchObject({ state: 'committed', error: null });
    expect(blocked.finished.map(({ measured }) => measured.affected)).toEqual([0, 0, 2]);
    const refused = await perform(on, await workOf("INSERT INTO token VALUES (4, 'bob')", { as: 'authenticated', claims }));
    expect(refused.error?.sqlstate).toBe('42501');
    expect(await afterwards()).toEqual(NOTHING);
  });

  it('takes a role whose name needs quotes, and claims without a role', async () => {
    expect((await perform(on, await workOf('SELECT current_user', { as: 'odd "role' }))).finished[0]?.measured.rows).toEqual([['odd "role']]);
    const alone = await perform(on, await workOf(CLAIMS, { claims }));
    expect(alone.finished[0]?.measured.rows[0]).toEqual(['postgres', 'postgres', '{"sub":"ada","tenant":7}', 'ada', '']);
    expect(await afterwards()).toEqual(NOTHING);
  });

  it.each([
    ['a role that does not exist', { as: 'nobody_here' }, /may not take that role: role "nobody_here" does not exist/],
    ['claims that are not JSON', { as: 'authenticated', claims: '{sub: 1}' }, /the claims are not JSON/],
    ['claims that are no object', { as: 'authenticated', claims: '[1]' }, /not a JSON object/],
  ])('is refused with a clear error for %s, and nothing of it ran', async (_, given, expected) => {
    const done = await perform(on, await workOf("INSERT INTO token VALUES (9, 'eve')", given));
    expect(done).toMatchObject({ state: 'rolled back', finished: [], committing: [] });
    expect(done.error?.message).toMatch(expected);
    expect(await afterwards()).toEqual(NOTHING);
  });

  it('is refused where the connected role may not take the other', async () => {
    const limited = await target(database.url.replace('postgres@', 'limited@'), { ledger: false });
    const done = await perform(limited, await workOf('SELECT 1', { as: 'authenticated', ledger: false }));
    expect(done.error).toMatchObject({ sqlstate: '42501', message: expect.stringMatching(/may not take that role: permission denied.*GRANT it/) as string });
    await limited.close();
  });

  it('is refused outside a transaction, where it would do nothing', async () => {
    const session = await Session.open(await resolveConnection({ url: database.url, env: {} }), 'test');
    expect(await impersonate(session, 'authenticated', claims)).toMatchObject({ message: expect.stringContaining('inside a transaction only') as string });
    expect((await session.run(CLAIMS)).rows[0]).toEqual(NOTHING);
    await session.close();
  });

  it.each(['', '; SET ROLE authenticated; SELECT 2'])('fails when a statement in it regains the connection\'s own power, also for a while%s', async (after) => {
    const done = await perform(on, await workOf(`SELECT 1; RESET ROLE; INSERT INTO token VALUES (8, 'eve')${after}`, { as: 'authenticated', claims }));
    expect(done.state).toBe('rolled back');
    expect(done.error?.message).toMatch(/went back to the connection's own role "postgres"/);
    expect((await on.query('SELECT count(*) FROM token WHERE id = 8')).rows).toEqual([['0']]);
  });

  it('fails when a function in it regains that power, also for a while', async () => {
    await perform(on, await workOf("CREATE FUNCTION let_go() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'RESET ' || 'ROLE'; END $$"));
    const done = await perform(on, await workOf("SELECT let_go(); INSERT INTO token VALUES (8, 'eve'); SET LOCAL ROLE authenticated; SELECT 2", { as: 'authenticated', claims }));
    expect(done).toMatchObject({ state: 'rolled back', error: { statement: 0, message: expect.stringContaining('own role "postgres"') as string } });
    expect((await on.query('SELECT count(*) FROM token WHERE id = 8')).rows).toEqual([['0']]);
  });

  it.each([
    ['a failed statement', 'SELECT 1 / 0', {}],
    ['a false judgement', 'SELECT 1', { judge: async () => false }],
    ['a judgement that breaks', 'SELECT 1', { judge: async () => { throw new Error('broke'); } }],
    ['a guide that sets claims and role for the session', "SELECT set_config('request.jwt.claims', '{}', false); SET ROLE authenticated; SET search_path = nowhere", {}],
  ])('leaves neither role nor claims behind after %s', async (_, sql, hooks) => {
    await perform(on, await workOf(sql, { as: 'authenticated', claims }), hooks).catch(() => undefined);
    expect(await afterwards()).toEqual(NOTHING);
    await perform(on, await workOf(sql), hooks).catch(() => undefined);
    expect(await afterwards()).toEqual(NOTHING);
    expect((await perform(on, await workOf('SHOW search_path'))).finished[0]?.measured.rows).toEqual([['"$user", public']]);
  });
});

describe('through a guide', () => {
  const guide = (attributes: string): string => guideFile(`# Roles\n\n## Deployment\n\n\`\`\`sql id=blocked ${attributes}\nUPDATE token SET id = 0 WHERE owner = 'bob';\n\`\`\`\n\n\`\`\`expect\naffected = 0\n\`\`\`\n\n\`\`\`sql\nSELECT current_user;\n\`\`\`\n\n\`\`\`expect\nvalue = "postgres"\n\`\`\`\n`, 'guide: sample\nparameters: { who: { type: text } }\n');

  it('a blocked UPDATE passes with "affected = 0"; claims take the run\'s parameters', async () => {
    const logs = folder();
    const ended = await wizard(['run', guide('as=authenticated claims="{\\"sub\\": :\'who\'}"'), '--database', database.url, '--headless', '--yes', '--logs', logs, '--param', 'who=ada']);
    expect(ended.code, ended.err).toBe(0);
    expect(logOf(logs).steps[0]?.statements[0]).toMatchObject({ command: 'UPDATE', error: null });
  });

  it.each(['as=authenticated transaction=off', 'claims=\'{"sub":"ada"}\' transaction=off'])('%s is refused before anything is touched', async (attributes) => {
    const ended = await wizard(['run', guide(attributes), '--database', database.url, '--headless', '--yes', '--logs', folder()]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('contradicts');
  });

  it('a role that cannot be taken fails the step with the role named', async () => {
    const ended = await wizard(['run', guide('as=nobody_here'), '--database', database.url, '--headless', '--yes', '--logs', folder()]);
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/runs as "nobody_here", and the session may not take that role/);
  });
});
