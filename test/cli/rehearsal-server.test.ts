import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { knownTarget } from '../../src/commands/known-target.js';
import { openServer } from '../../src/commands/rehearsal-server.js';
import { loadConfig } from '../../src/project/config.js';
import { startLocalServer, type EmbeddedServer } from '../../src/rehearsal/embedded.js';
import { systemServers } from '../../src/rehearsal/server-binaries.js';
import { serverUser } from '../../src/rehearsal/server-user.js';
import { freshDatabase, testServer } from '../support/server.js';
import { folder, guideFile, logOf, smallGuide, wizard } from './support.js';

const installed = systemServers(serverUser())[0];
const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const action of cleanUp.splice(0).reverse()) await action();
});

async function local(): Promise<EmbeddedServer> {
  const server = await startLocalServer();
  cleanUp.push(() => server.stop());
  return server;
}

const quiet = (): void => undefined;

async function databases(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ datname: string }>('SELECT datname FROM pg_database ORDER BY 1')).rows.map((row) => row.datname);
  } finally {
    await client.end();
  }
}

describe('the server of a rehearsal', () => {
  it.runIf(installed !== undefined)('has the major of the target that --database names, which is only read', async () => {
    const target = await local();
    const major = Number.parseInt(target.version, 10);
    const logs = folder();
    const ended = await wizard(['rehearse', guideFile(smallGuide), '--headless', '--yes', '--logs', logs, '--database', target.url]);
    expect(ended.code, ended.err).toBe(0);
    expect(ended.err).toMatch(new RegExp(`Rehearsing on (embedded|installed) PostgreSQL ${major}\\.\\d+, the major of the target \\(--database, ${target.version}\\)`));
    expect(Number.parseInt(logOf(logs).database?.version ?? '', 10)).toBe(major);
    expect(await databases(target.url)).toEqual(['postgres', 'template0', 'template1']);
  });

  it('has the major of the environment that --env names; --database wins, DATABASE_URL alone names none', async () => {
    const target = await freshDatabase();
    cleanUp.push(() => target.drop());
    const cwd = folder();
    writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'environments: { live: { database: env:REHEARSED_TARGET } }\n');
    const loaded = await loadConfig(cwd);
    vi.stubEnv('REHEARSED_TARGET', target.url);
    vi.stubEnv('DATABASE_URL', target.url);
    try {
      const version = (await testServer()).version;
      expect(await knownTarget({ env: 'live' }, loaded, quiet)).toMatchObject({ named: '--env live', version, major: Number.parseInt(version, 10) });
      expect(await knownTarget({ env: 'live', database: target.url }, loaded, quiet)).toMatchObject({ named: '--database' });
      expect(await knownTarget({ schemaFrom: target.url }, loaded, quiet)).toMatchObject({ named: '--schema-from' });
      expect(await knownTarget({}, loaded, quiet)).toBeNull();
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('is not chosen in silence where the named target cannot be asked', async () => {
    const away = 'postgresql://nobody@127.0.0.1:1/nowhere';
    const refused = await wizard(['rehearse', guideFile(smallGuide), '--headless', '--yes', '--logs', folder(), '--database', away]);
    expect(refused.code).toBe(6);
    expect(refused.err).toContain('--server-version MAJOR');
    const told = await wizard(['rehearse', guideFile(smallGuide), '--headless', '--yes', '--logs', folder(), '--database', away, '--server-version', '17']);
    expect(told.code, told.err).toBe(0);
    expect(told.err).toContain('the forecast is not scaled');
  });

  it('is a clear error for a major that nobody packages', async () => {
    const target = { named: '--env old', major: 12, version: '12.22' };
    await expect(openServer({}, target, quiet)).rejects.toMatchObject({ problem: { code: 'server-version', what: expect.stringContaining('--env old') as string, remedy: expect.stringContaining('--server-version') as string } });
    expect((await wizard(['rehearse', guideFile(smallGuide), '--headless', '--yes', '--server-version', '14'])).code).toBe(2);
  });

  it('says whose major is missing when npm cannot bring it', async () => {
    const missing = ([18, 16] as const).find((major) => systemServers(serverUser()).every((one) => one.major !== major));
    if (missing === undefined) return;
    const cache = folder();
    vi.stubEnv('XDG_CACHE_HOME', cache);
    vi.stubEnv('npm_config_offline', 'true');
    vi.stubEnv('npm_config_cache', cache);
    try {
      const said: string[] = [];
      await expect(openServer({}, { named: '--env live', major: missing, version: `${missing}.1` }, (line) => said.push(line))).rejects.toMatchObject({ problem: { code: 'server-not-available', what: expect.stringContaining(`--env live, is PostgreSQL ${missing}.1`) as string } });
      expect(said.join()).toContain(`Fetching PostgreSQL ${missing}`);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('--on server', () => {
  it.runIf(installed !== undefined)('starts the installed server of the major asked for, and misses others with advice', async () => {
    const major = installed?.major ?? 0;
    const logs = folder();
    const ended = await wizard(['rehearse', guideFile(smallGuide), '--headless', '--yes', '--logs', logs, '--on', 'server', '--server-version', String(major)]);
    expect(ended.code, ended.err).toBe(0);
    expect(ended.err).toContain(`Rehearsing on local PostgreSQL ${major}.`);
    expect(Number.parseInt(logOf(logs).database?.version ?? '', 10)).toBe(major);
    const missing = [18, 17, 16, 15].find((one) => systemServers(serverUser()).every((server) => server.major !== one));
    if (missing === undefined) return;
    const refused = await wizard(['rehearse', guideFile(smallGuide), '--headless', '--yes', '--logs', folder(), '--on', 'server', '--server-version', String(missing)]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`no PostgreSQL ${missing} server was found`);
  });
});

describe('--on URL', () => {
  it('rehearses in a scratch database, which is dropped, and leaves the named one alone', async () => {
    const yours = await freshDatabase();
    cleanUp.push(() => yours.drop());
    const before = await databases(yours.url);
    const logs = folder();
    const ended = await wizard(['rehearse', guideFile(smallGuide), '--headless', '--yes', '--logs', logs, '--on', yours.url]);
    expect(ended.code, ended.err).toBe(0);
    expect(logOf(logs).database?.name).toMatch(/^deploy_wizard_[0-9a-f]{12}$/);
    expect(await databases(yours.url)).toEqual(before);
    const client = new pg.Client(yours.connection);
    await client.connect();
    expect((await client.query(`SELECT to_regclass('public.note') AS t, to_regnamespace('deploy_wizard') AS s`)).rows).toEqual([{ t: null, s: null }]);
    await client.end();
  });

  it('drops the scratch database of a failed rehearsal, and of one whose baseline fails', async () => {
    const yours = await freshDatabase();
    cleanUp.push(() => yours.drop());
    const before = await databases(yours.url);
    const bad = join(folder(), 'bad.sql');
    writeFileSync(bad, 'CREATE TABLE x (');
    expect((await wizard(['rehearse', guideFile(smallGuide.replace('DROP TABLE', 'TRUNCATE')), '--headless', '--yes', '--logs', folder(), '--on', yours.url])).code).toBe(1);
    const broken = await wizard(['rehearse', guideFile(smallGuide), '--headless', '--yes', '--logs', folder(), '--on', yours.url, '--baseline', bad]);
    expect(broken.code).not.toBe(0);
    expect(broken.err).toContain('bad.sql');
    expect(await databases(yours.url)).toEqual(before);
  });

  it('refuses a --server-version that is not that server\'s', async () => {
    const yours = await freshDatabase();
    cleanUp.push(() => yours.drop());
    const other = String(Number.parseInt((await testServer()).version, 10) === 15 ? 16 : 15);
    const refused = await wizard(['rehearse', guideFile(smallGuide), '--headless', '--yes', '--logs', folder(), '--on', yours.url, '--server-version', other]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`not ${other}`);
  });
});
