import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chmodSync, copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionInUse, resolveConnection, serverName } from '../../src/postgres/connection.js';
import { openTarget } from '../../src/postgres/target.js';
import { startTlsServer, tlsInUse, type TlsServer } from '../support/tls-server.js';
import { perform, plain, workOf } from './support.js';

let server: TlsServer;

beforeAll(async () => {
  server = await startTlsServer('planted-Secret.1');
});

afterAll(() => server.stop());

const connect = (settings: Record<string, string>): Promise<string> => tlsInUse(server, settings);

describe('the TLS modes, against a server that has TLS', () => {
  it.each([
    ['disable', {}, /^off$/],
    ['allow', {}, /^off$/],
    ['prefer', {}, /^TLSv1\.3$/],
    ['require', {}, /^TLSv1\.3$/],
    ['require', { sslrootcert: 'authority' }, /^TLSv1\.3$/],
    // libpq's rule: with the authority's certificate at hand, require verifies it.
    ['require', { sslrootcert: 'stranger' }, /unable to verify|signed certificate|certificate/],
    ['verify-ca', { sslrootcert: 'authority' }, /^TLSv1\.3$/],
    ['verify-ca', { sslrootcert: 'authority', host: '127.0.0.1' }, /^TLSv1\.3$/],
    // A file without a certificate would leave Node's own authorities.
    ['verify-ca', { sslrootcert: '/dev/null' }, /no certificate in it/],
    ['require', { sslrootcert: '/dev/null' }, /no certificate in it/],
    ['verify-ca', { sslrootcert: 'stranger' }, /certificate/],
    ['verify-ca', {}, /needs the certificate of the authority/],
    ['verify-full', { sslrootcert: 'authority' }, /^TLSv1\.3$/],
    ['verify-full', { sslrootcert: 'authority', host: '127.0.0.1' }, /does not match/],
    ['verify-full', { sslrootcert: 'authority', host: 'db.example.com' }, /does not match/],
    ['verify-full', { sslrootcert: 'authority', host: 'localhost.' }, /does not match/],
    ['verify-full', { sslrootcert: 'stranger' }, /certificate/],
    ['verify-full', {}, /certificate/],
    ['verify-full', { sslrootcert: 'system' }, /certificate/],
    ['verify-full', { sslrootcert: '/nowhere/root.crt' }, /file of TLS cannot be used/],
  ])('%s %o', async (sslmode, files, expected) => {
    const named = Object.fromEntries(Object.entries(files).map(([key, value]) => [key, value === 'authority' ? server.authority : value === 'stranger' ? server.stranger : value]));
    expect(await connect({ sslmode, ...named })).toMatch(expected);
  });

  it('a folder of a Unix socket beside an address is TCP: TLS as the mode says, and told so', async () => {
    expect(await connect({ host: server.socket, sslmode: 'require' })).toBe('TLSv1.3');
    expect(await connect({ host: server.socket, sslmode: 'verify-full', sslrootcert: server.authority })).toMatch(/does not match/);
    const spec = await resolveConnection({ url: `hostaddr=127.0.0.1 port=${server.port} user=postgres sslmode=require`, env: { PGHOST: server.socket } });
    expect([connectionInUse(spec), serverName(spec)]).toEqual([expect.stringMatching(/sslmode require/), `127.0.0.1:${server.port}`]);
  });

  it('shows a certificate of its own, and refuses a key that others may read', async () => {
    const key = join(mkdtempSync(join(tmpdir(), 'key-')), 'open.key');
    copyFileSync(server.client.key, key);
    chmodSync(key, 0o644);
    expect(await connect({ sslmode: 'require', sslcert: server.client.cert, sslkey: key })).toContain('others may read this key');
    expect(await connect({ sslmode: 'require', sslcert: server.client.cert })).toContain('private key of this certificate is missing');
    const on = await openTarget(await resolveConnection({ url: `host=localhost hostaddr=127.0.0.1 port=${server.port} user=postgres password=${server.password} sslmode=verify-full sslrootcert=${server.authority} sslcert=${server.client.cert} sslkey=${server.client.key}`, env: {} }), plain);
    expect((await perform(on, await workOf('SELECT client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()'))).finished[0]?.measured.rows).toEqual([['/CN=postgres']]);
    await on.close();
  });

  it('cancels over TLS, by a real cancel request', async () => {
    const on = await openTarget(await resolveConnection({ url: `host=localhost hostaddr=127.0.0.1 port=${server.port} user=postgres password=${server.password} sslmode=verify-full sslrootcert=${server.authority}`, env: {} }), plain);
    const running = perform(on, await workOf('SELECT pg_sleep(120)'));
    while ((await on.query("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'")).rows.length === 0);
    await on.cancel();
    expect(await running).toMatchObject({ state: 'rolled back', because: 'cancelled', error: { sqlstate: '57014' } });
    await on.close();
  });
});

describe('against a server without TLS', () => {
  beforeAll(async () => {
    const on = await openTarget(await resolveConnection({ url: `host=${server.socket} port=${server.port} user=postgres password=${server.password}`, env: {} }), plain);
    await perform(on, await workOf("ALTER SYSTEM SET ssl = 'off'"));
    await perform(on, await workOf('SELECT pg_reload_conf()'));
    while ((await on.query("SELECT 1 FROM pg_settings WHERE name = 'ssl' AND setting = 'off'")).rows.length === 0);
    await on.close();
  });

  it.each([['prefer', /^off$/], ['require', /does not support SSL/], ['verify-full', /does not support SSL/]])('%s', async (sslmode, expected) => {
    expect(await connect({ sslmode, ...(sslmode === 'verify-full' ? { sslrootcert: server.authority } : {}) })).toMatch(expected);
  });

  it('a folder of a Unix socket beside an address is TCP, held to the mode', async () => {
    expect(await connect({ host: server.socket, sslmode: 'require' })).toMatch(/does not support SSL/);
  });

  it('a Unix socket is in use as such, whatever the mode', async () => {
    const on = await openTarget(await resolveConnection({ url: `host=${server.socket} port=${server.port} user=postgres password=${server.password} sslmode=require`, env: {} }), plain);
    const identity = await on.identify();
    expect(identity).toMatchObject({ tls: 'off', server: `${server.socket}/.s.PGSQL.${server.port}` });
    expect(identity.connection).toContain('Unix socket');
    await on.close();
  });
});
