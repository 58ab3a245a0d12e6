import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PeerCertificate } from 'node:tls';
import { otherKind } from '../../src/postgres/connection-demands.js';
import { resolveConnection } from '../../src/postgres/connection.js';
import { nameProblem } from '../../src/postgres/server-name.js';
import { Session } from '../../src/postgres/session.js';
import { startTlsProxy } from '../support/tls-proxy.js';
import { startTlsServer, tlsInUse, type TlsServer } from '../support/tls-server.js';

let server: TlsServer;
const connect = (settings: Record<string, string>, env: NodeJS.ProcessEnv = {}): Promise<string> => tlsInUse(server, settings, env);

beforeAll(async () => {
  server = await startTlsServer('planted-Secret.1', [
    'hostssl all tls_only all trust', 'hostnossl all tls_only all reject',
    'hostssl all plain_only all reject', 'hostnossl all plain_only all trust',
    'hostssl all certified all cert', 'hostnossl all certified all trust',
    'hostssl all strict all scram-sha-256', 'hostnossl all strict all trust',
    'hostnossl all lenient all scram-sha-256', 'hostssl all lenient all trust',
    'host all spoken all password', 'host all trusted all trust',
  ]);
  const session = await Session.open(await resolveConnection({ url: `host=${server.socket} port=${server.port} user=postgres dbname=postgres password=${server.password}`, env: {} }), 'test');
  for (const name of ['tls_only', 'plain_only', 'certified', 'strict', 'lenient', 'spoken', 'trusted']) await session.run(`CREATE ROLE ${name} LOGIN PASSWORD '${server.password}'`);
  await session.close();
});

afterAll(() => server.stop());

describe('a root file that is there is used in the lax modes, too', () => {
  it.each([
    ['prefer', 'trusted', 'authority', /^TLSv1\.3$/],
    ['prefer', 'trusted', 'stranger', /^off$/],
    ['prefer', 'tls_only', 'stranger', /certificate.*; then without TLS: .*reject/],
    ['allow', 'tls_only', 'stranger', /reject.*; then with TLS: .*certificate/],
    ['allow', 'tls_only', 'authority', /^TLSv1\.3$/],
  ] as const)('%s as %s with the certificate of %s', async (sslmode, user, root, expected) => {
    expect(await connect({ sslmode, user, sslrootcert: server[root] })).toMatch(expected);
  });

  it('one that is not there verifies nothing in them', async () => {
    expect(await connect({ sslmode: 'prefer', user: 'tls_only', sslrootcert: '/nowhere/root.crt' })).toBe('TLSv1.3');
  });
});

describe('a certificate of one\'s own that is', () => {
  it.each([
    ['named and missing never costs TLS', { sslcert: '/nowhere/a.crt', sslkey: '/nowhere/a.key' }, /no such file/],
    ['there without its key is a failure of TLS', { sslcert: 'own' }, /^off$/],
  ])('%s', async (_, files, expected) => {
    const named = Object.fromEntries(Object.entries(files).map(([key, value]) => [key, value === 'own' ? server.client.cert : value]));
    expect(await connect({ sslmode: 'prefer', user: 'trusted', ...named })).toMatch(expected);
  });
});

describe('allow and prefer try the other way after any refusal before the server lets in', () => {
  it.each([
    ['allow', 'tls_only', {}, 'TLSv1.3'],
    ['prefer', 'plain_only', {}, 'off'],
    ['prefer', 'certified', {}, 'off'],
    ['prefer', 'strict', { password: 'wrong' }, 'off'],
    ['allow', 'lenient', { password: 'wrong' }, 'TLSv1.3'],
  ])('%s as %s', async (sslmode, user, settings, tls) => {
    expect(await connect({ sslmode, user, ...settings })).toBe(tls);
  });

  it('but not for a database that is not there', async () => {
    expect(await connect({ sslmode: 'prefer', dbname: 'nowhere' })).not.toMatch(/then without TLS/);
  });
});

describe('channel binding', () => {
  it.each([
    [{ channel_binding: 'require' }, /^TLSv1\.3$/],
    [{ channel_binding: 'require', user: 'spoken' }, /channel binding is required/],
    [{ channel_binding: 'require', user: 'trusted' }, /channel binding is required/],
    [{ channel_binding: 'require', sslmode: 'disable' }, /channel binding is required/],
    [{ channel_binding: 'disable' }, /^TLSv1\.3$/],
  ])('%o', async (settings, expected) => {
    expect(await connect(settings)).toMatch(expected);
  });

  it('keeps a man in the middle out, who sees no password', async () => {
    const proxy = await startTlsProxy(server.port, { cert: server.stranger, key: server.stranger.replace(/crt$/, 'key') });
    try {
      const port = String(proxy.port);
      for (const channel_binding of ['prefer', 'require']) expect(await connect({ port, sslmode: 'require', channel_binding })).toMatch(/channel binding check failed/);
      expect(await connect({ port, sslmode: 'prefer' })).toMatch(/channel binding check failed/);
      expect(await connect({ port, sslmode: 'require', channel_binding: 'require', user: 'spoken' })).toMatch(/channel binding is required/);
      expect(proxy.seen()).toContain('SCRAM-SHA-256-PLUS');
      expect(proxy.seen()).not.toContain(server.password);
      expect(await connect({ port, sslmode: 'require', channel_binding: 'disable' })).toBe('TLSv1.3');
    } finally {
      proxy.stop();
    }
  });
});

describe('target_session_attrs is asked of the server', () => {
  it.each([
    ['read-write', '', /^TLS/], ['read-write', '-c default_transaction_read_only=on', /session is read-only/],
    ['read-only', '-c default_transaction_read_only=on', /^TLS/], ['read-only', '', /session is not read-only/],
    ['primary', '', /^TLS/], ['standby', '', /not a standby/], ['prefer-standby', '', /^TLS/],
  ])('%s with options "%s"', async (target_session_attrs, options, expected) => {
    expect(await connect({ target_session_attrs, options })).toMatch(expected);
  });

  it('of a standby', () => {
    const onStandby = (session: 'primary' | 'standby'): string | null => otherKind({ channelBinding: 'prefer', session }, { standby: true, readOnly: true });
    expect([onStandby('primary'), onStandby('standby')]).toEqual(['the server is a standby', null]);
  });
});

describe('what a server and its variables may say', () => {
  afterEach(() => vi.unstubAllEnvs());

  async function asked(settings: string, query: string, env: NodeJS.ProcessEnv = {}): Promise<string | null | undefined> {
    const session = await Session.open(await resolveConnection({ url: `host=localhost hostaddr=127.0.0.1 port=${server.port} user=postgres dbname=postgres password=${server.password} ${settings}`, env }), 'test');
    try {
      return (await session.run(query)).rows[0]?.[0];
    } finally {
      await session.close();
    }
  }

  it('nothing that the driver reads from variables by itself', async () => {
    for (const [name, value] of [['PGSSLNEGOTIATION', 'direct'], ['PGREPLICATION', 'database'], ['PGOPTIONS', '-c work_mem=7MB']] as const) vi.stubEnv(name, value);
    expect(await asked('sslmode=disable', 'SHOW work_mem')).toBe('4MB');
    vi.stubEnv('PGSSLNEGOTIATION', 'bogus');
    expect(await asked('', 'SELECT 1')).toBe('1');
  });

  it('PGTZ and PGDATESTYLE', async () => {
    expect(await asked('', "SELECT current_setting('TimeZone') || ' ' || current_setting('DateStyle')", { PGTZ: 'Asia/Tokyo', PGDATESTYLE: 'German' })).toMatch(/^Asia\/Tokyo German/);
  });

  it('as many rounds of SCRAM as the role has, and a timeout longer than a timer', async () => {
    // RFC 5802 with 200,000 rounds, as the server itself keeps it from PostgreSQL 16 on.
    const salt = randomBytes(16);
    const salted = pbkdf2Sync('many', salt, 200_000, 32, 'sha256');
    const key = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
    await asked('', `CREATE ROLE patient LOGIN PASSWORD 'SCRAM-SHA-256$200000:${salt.toString('base64')}$${createHash('sha256').update(key('Client Key')).digest('base64')}:${key('Server Key').toString('base64')}'`);
    expect(await asked('user=patient password=many connect_timeout=9999999', 'SELECT current_user')).toBe('patient');
  });
});

describe('the name in a certificate', () => {
  it.each([
    ['www.dw.test', 'DNS:w*.dw.test', 'cn', false],
    ['www.dw.test', 'DNS:*.dw.test', 'cn', true],
    ['WWW.dw.test', 'DNS:other, DNS:www.DW.test', 'cn', true],
    ['a.www.dw.test', 'DNS:*.dw.test', 'cn', false],
    ['localhost.', 'DNS:localhost', 'cn', false],
    ['localhost', undefined, 'localhost', true],
    ['127.0.0.1', 'IP Address:127.0.0.1', 'cn', true],
  ])('%s against %s', (host, subjectaltname, CN, fits) => {
    expect(nameProblem(host, { subject: { CN }, subjectaltname } as PeerCertificate) === undefined).toBe(fits);
  });
});
