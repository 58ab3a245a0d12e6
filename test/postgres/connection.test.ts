import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { connectionInUse, resolveConnection, safeUrl, secretsOf, type ConnectionSpec } from '../../src/postgres/connection.js';
import { connectionEnvironment, conninfo } from '../../src/postgres/connection-environment.js';
import { withDatabase } from '../../src/postgres/scratch.js';
import type { ProblemError } from '../../src/text/problem.js';

const folder = mkdtempSync(join(tmpdir(), 'connection-'));

function file(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const resolve = (url: string | undefined, env: NodeJS.ProcessEnv = {}): Promise<ConnectionSpec> => resolveConnection({ ...(url === undefined ? {} : { url }), env: { PGPASSFILE: join(folder, 'none'), ...env } });

async function refusal(url: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  try {
    await resolve(url, env);
  } catch (error) {
    const { what, where, remedy } = (error as ProblemError).problem;
    return `${what} ${where ?? ''} ${remedy ?? ''}`;
  }
  throw new Error('was read');
}

describe('a URL or key=value text', () => {
  it.each([
    ['postgresql://ada:s%40cret@db.example.com:6000/app?sslmode=require', { host: 'db.example.com', port: 6000, user: 'ada', password: 's@cret', database: 'app', tls: 'require' }],
    ['postgres://ada@db.example.com', { host: 'db.example.com', port: 5432, user: 'ada', password: null, database: 'ada', tls: 'prefer' }],
    ['postgresql://%2Ftmp%2Fsockets:5433/app?user=ada', { host: '/tmp/sockets', port: 5433, user: 'ada', database: 'app' }],
    ['postgresql:///app?host=/tmp/sockets&user=ada&password=p%26q', { host: '/tmp/sockets', user: 'ada', database: 'app', password: 'p&q' }],
    ['postgresql://ada@[::1]:5433/app', { host: '::1', port: 5433 }],
    ['postgresql://ada:p@ss@db.example.com/app', { host: 'db.example.com', user: 'ada', password: 'p@ss' }],
    ["host=db.example.com user = ada password='two \\'words\\'' dbname=app", { host: 'db.example.com', user: 'ada', password: "two 'words'", database: 'app' }],
    ['host=one host=two user=ada', { host: 'two' }],
    ["host='h'port='6000'user='ada'password='p'dbname='d'", { host: 'h', port: 6000, user: 'ada', password: 'p', database: 'd' }],
    ["host=h user=ada password=a'b", { password: "a'b" }],
    ['host=h user=ada password=two\\ words\\', { password: 'two words' }],
    ["host=h user=ada password='two\n\\\\lines'", { password: 'two\n\\lines' }],
    ['host=h user=ada requiressl=1', { tls: 'require' }],
    ['host=h user=ada requiressl=0', { tls: 'prefer' }],
    ['postgresql://ada@h/d?sslmode=require&', { tls: 'require' }],
    ['app', { database: 'app' }],
    ['host=h connect_timeout=9999999', { timeoutSeconds: 2_147_483 }],
    ['host=h connect_timeout=-1', { timeoutSeconds: 0 }],
    ['host=h connect_timeout=1', { timeoutSeconds: 2 }],
    ['host=db.example.com hostaddr=192.0.2.7 user=ada', { host: 'db.example.com', address: '192.0.2.7' }],
  ])('%s', async (url, expected) => {
    expect(await resolve(url)).toMatchObject(expected);
  });

  it.each([
    ['postgresql://ada:planted/secret@db.example.com/app', /percent-encoded/],
    ['postgresql://ada:planted?secret@db.example.com/app', /percent-encoded/],
    ['postgresql://ada:planted#secret@db.example.com/app', /percent-encoded/],
    ['postgresql://ada:planted%secret@db.example.com/app', /malformed/],
    ['postgres:/ada:planted@db', /neither a URL nor/],
    ["host=db password='planted secret", /malformed/],
    ['postgresql://ada:planted@db.example.com/app?sslmod=verify-full', /no connection setting.*Did you mean sslmode/],
    ['postgresql://ada:planted@db.example.com/app?sslmode=full', /sslmode is not known/],
    ['postgresql://ada:planted@one.example.com,two.example.com/app', /several hosts/],
    ['postgresql://ada:planted@db.example.com:99999/app', /port/],
    ['host=db.example.com user=ada password=planted gssencmode=require', /what gssencmode asks for cannot be held/],
    ['host=db.example.com hostaddr=localhost sslmode=verify-full password=planted', /hostaddr is not an address/],
    ['hostaddr=192.0.2.7 sslmode=verify-full password=planted', /needs the name of the host/],
    ['postgresql://ada:planted@db.example.com/app?sslmode', /has no value/],
    ['postgresql://ada:planted@db.example.com/app?sslmode=', /sslmode is not known/],
    ["host=db.example.com password=planted sslmode=''", /sslmode is not known/],
    ['host=db.example.com port=0xd657 password=planted', /the port is not a whole number/],
    ['host=db.example.com port=5487.1e1 password=planted', /the port is not a whole number/],
    ['host=db.example.com port=0 password=planted', /from 1 to 65535/],
    ['host=db.example.com connect_timeout=abc password=planted', /connect_timeout is not a whole number/],
    ['host=db.example.com keepalives=x password=planted', /keepalives is not a whole number/],
    ['host=db.example.com password=planted ssl=true', /no connection setting/],
    ['host=db.example.com password=two planted=x', /no connection setting/],
    ['postgresql://db.example.com/app?password=ab&planted=x', /no connection setting/],
    ['host=db.example.com channel_binding=planted sslmode=require', /what channel_binding asks for/],
    ['host=db.example.com sslmode=planted', /sslmode is not known/],
    ['host=db.example.com user=ada sslmode=require sslrootcert=system password=planted', /verify-full/],
  ])('%s is refused without telling its password', async (url, expected) => {
    const text = await refusal(url);
    expect(text).toMatch(expected);
    expect(text).not.toMatch(/planted|secret/);
  });
});

describe('what libpq would use', () => {
  const services = '# ours\n[staging]\nhost=staging.example.com\nport = 6001\ndbname=app\nuser=deployer\npassword=from-service\nsslmode=verify-full\n\n[other]\nhost=other.example.com\n';

  it('takes the URL before the service before PG* variables before defaults', async () => {
    const env = { PGSERVICEFILE: file('services', services), PGSERVICE: 'staging', PGHOST: 'env.example.com', PGUSER: 'env', PGOPTIONS: '-c work_mem=8MB' };
    expect(await resolve('postgresql://url.example.com/', env)).toMatchObject({ host: 'url.example.com', port: 6001, user: 'deployer', password: 'from-service', tls: 'verify-full', options: '-c work_mem=8MB' });
    expect(await resolve(undefined, env)).toMatchObject({ host: 'staging.example.com', database: 'app' });
    expect(await resolve('service=other user=x', env)).toMatchObject({ host: 'other.example.com', port: 5432 });
    expect(await resolve(undefined, { PGHOST: 'env.example.com', PGUSER: 'env', PGPORT: '7000', PGDATABASE: 'd', PGPASSWORD: 'p', PGSSLMODE: 'disable' })).toMatchObject({ host: 'env.example.com', port: 7000, user: 'env', database: 'd', password: 'p', tls: 'disable' });
  });

  it('looks for a service in the system\'s file after the user\'s own', async () => {
    const system = join(folder, 'sysconf');
    mkdirSync(system, { recursive: true });
    writeFileSync(join(system, 'pg_service.conf'), '[shared]\nhost=shared.example.com\n');
    const env = { PGSERVICEFILE: file('services', services), PGSYSCONFDIR: system };
    expect(await resolve('service=shared user=x', env)).toMatchObject({ host: 'shared.example.com' });
    expect(await refusal('service=nowhere', env)).toContain('no service "nowhere"');
    expect(await refusal('service=shared', { ...env, PGSERVICEFILE: join(folder, 'missing') })).toContain('service file that is named is not there');
    expect(await resolve('service=main user=x', { ...env, PGSERVICEFILE: file('remarks', '[main] # ours\nhost=h\n[b] # theirs\nhost=other\n') })).toMatchObject({ host: 'h' });
    expect(await refusal('service=broken', { ...env, PGSERVICEFILE: file('broken', '[broken]\nhost\n') })).toContain('line 2');
    expect(await refusal('service=odd', { ...env, PGSERVICEFILE: file('odd', '[odd]\nhots=db\n') })).toContain('Did you mean host?');
  });

  it.each([['PGCHANNELBINDING', 'any'], ['PGREQUIREAUTH', 'scram-sha-256'], ['PGTARGETSESSIONATTRS', 'disable'], ['PGGSSENCMODE', 'require'], ['PGREQUIREPEER', 'postgres'], ['PGSSLCRLDIR', '/etc/crls'], ['PGSSLMINPROTOCOLVERSION', 'TLSv1.3'], ['PGSSLMINPROTOCOLVERSION', 'any'], ['PGSSLMAXPROTOCOLVERSION', 'TLSv1.1'], ['PGGSSENCMODE', 'any'], ['PGSSLCERTMODE', 'require'], ['PGSSLNEGOTIATION', 'bogus']])('refuses a demand that is not held here, as in a URL: %s=%s', async (name, value) => {
    await expect(resolveConnection({ url: 'postgresql://ada@db.example.com/app', env: { [name]: value } })).rejects.toThrow(/cannot be held/);
  });

  it.each([
    ['postgresql://h/d?sslmode=disable&ssl=true', 'require'],
    ['postgresql://h/d?ssl=true&sslmode=disable', 'disable'],
  ])('of ssl and sslmode in a URL the last counts: %s', async (url, tls) => {
    expect(await resolve(url)).toMatchObject({ tls });
  });

  it.each(['1', 'require', 'verify-full', 'false'])('an ssl=%s in a URL is no setting: it would go on without TLS', async (value) => {
    expect(await refusal(`postgresql://h/d?ssl=${value}`)).toContain('ssl of a URL can only be true');
  });

  it.each([['11', 'require'], ['1', 'require'], ['0', 'prefer']])('PGREQUIRESSL=%s is %s, by its first character', async (value, tls) => {
    expect(await resolve('host=h', { PGREQUIRESSL: value })).toMatchObject({ tls });
  });

  it('refuses an empty PGSSLMODE, as libpq does', async () => {
    await expect(resolve('host=h', { PGSSLMODE: '' })).rejects.toThrow(/sslmode is not known/);
  });

  it.each([
    ["host=h user=ada dbname=''", { PGDATABASE: 'other' }, { database: 'ada' }],
    ["host=h user='' dbname=d", { PGUSER: 'other' }, { user: userInfo().username }],
    ["host=h user=ada password=''", { PGPASSWORD: 'other' }, { password: null }],
    ['postgresql://ada@h/d?options=', { PGOPTIONS: '-c work_mem=7MB' }, { options: null }],
    ['postgresql://ada@/d?host=', { PGHOST: 'other' }, { host: existsSync('/var/run/postgresql') ? '/var/run/postgresql' : 'localhost' }],
    ['postgresql://ada@h/d?port=', { PGPORT: '7000' }, { port: 5432 }],
  ])('an empty value hides the layers below: %s', async (url, env, expected) => {
    expect(await resolve(url, env)).toMatchObject(expected);
  });

  it('an empty value of a service hides the variables, too', async () => {
    expect(await resolve('service=bare', { PGSERVICEFILE: file('bare', '[bare]\nhost=h\nuser=ada\ndbname=\n'), PGDATABASE: 'other' })).toMatchObject({ database: 'ada' });
  });

  it('takes the user of the system where none is named, whatever USER says', async () => {
    const spec = await resolve('host=h dbname=d', { USER: 'somebody' });
    expect(spec.user).toBe(userInfo().username);
    expect(connectionInUse(spec)).toContain('user from the system');
  });

  it('takes the session\'s settings from PGTZ, PGDATESTYLE and PGGEQO, for what is started, too', async () => {
    const spec = await resolve('host=h user=ada', { PGTZ: 'Asia/Tokyo', PGDATESTYLE: 'German', PGGEQO: 'default', PGOPTIONS: '-c work_mem=8MB' });
    expect(spec.session).toEqual({ TimeZone: 'Asia/Tokyo', DateStyle: 'German' });
    expect(connectionEnvironment(spec)).toMatchObject({ PGTZ: 'Asia/Tokyo', PGDATESTYLE: 'German', PGOPTIONS: '-c work_mem=8MB' });
    expect(await resolve(conninfo(spec))).toMatchObject({ options: '-c work_mem=8MB -c TimeZone=Asia/Tokyo -c DateStyle=German' });
  });

  it.each(['postgresql://ada:planted@h/d', 'host=h password=planted'])('a PGDATABASE of %s is refused without telling it', async (PGDATABASE) => {
    await expect(resolve(undefined, { PGHOST: 'h', PGUSER: 'ada', PGDATABASE })).rejects.toThrow(/^(?!.*planted).*name of the database is a URL/);
  });

  it('the password of a key is a secret, too', async () => {
    expect(secretsOf(await resolve('host=h user=ada password=planted sslpassword=opens'))).toEqual(['planted', 'opens']);
  });

  it('a certificate that sslcertmode keeps back is not read', async () => {
    const spec = await resolve('host=h sslcert=/nowhere/a.crt sslkey=/nowhere/a.key sslcertmode=disable');
    expect(spec.certificates).toMatchObject({ cert: null, key: null });
    expect((await resolve(conninfo(spec))).certificates.cert).toBeNull();
  });

  it('says where each setting was found, and never what the password is', async () => {
    const spec = await resolve('postgresql://ada@db.example.com/app', { PGPASSFILE: file('pass', 'db.example.com:5432:app:ada:planted\n'), PGSSLMODE: 'require' });
    expect(spec.password).toBe('planted');
    const said = connectionInUse(spec);
    for (const part of ['user ada', 'sslmode require', 'sslmode, passfile from PG* variables', `password from ${join(folder, 'pass')}`]) expect(said).toContain(part);
    expect(said).toMatch(/user.* from the URL/);
    expect(`${said} ${safeUrl(spec)}`).not.toContain('planted');
  });
});

describe('the password file', () => {
  const lines = ['# comment', 'db.example.com:5432:app:ada:first', '*:*:other:*:wild', 'db.example.com:5432:app:ada:second', 'db.example.com:5432:es\\:caped:ada:co\\:lon\\\\back', '/tmp/own:5432:app:ada:own-socket', 'localhost:5432:app:ada:local', '/var/run/postgresql:5432:default:ada:by-folder', ''].join('\n');
  it.each([
    ['postgresql://ada@db.example.com/app', 'first'],
    ['postgresql://bob@elsewhere.example.com:1/other', 'wild'],
    ['postgresql://ada@db.example.com/es%3Acaped', 'co:lon\\back'],
    ['postgresql://bob@db.example.com/app', null],
    ['postgresql:///app?host=/tmp/own&user=ada', 'own-socket'],
    ['postgresql:///app?host=/var/run/postgresql&user=ada', 'local'],
    // Only libpq's own folder is "localhost"; a line for a folder fits it always.
    ['postgresql:///app?host=/tmp&user=ada', null],
    ['postgresql:///default?host=/var/run/postgresql&user=ada', 'by-folder'],
    ['postgresql://ada@localhost/app', 'local'],
    ['postgresql://ada:given@db.example.com/app', 'given'],
  ])('%s', async (url, password) => {
    expect((await resolve(url, { PGPASSFILE: file('passwords', lines) })).password).toBe(password);
  });

  it('is the usual one where PGPASSFILE is empty', async () => {
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    writeFileSync(join(home, '.pgpass'), '*:*:*:*:usual\n', { mode: 0o600 });
    vi.stubEnv('HOME', home);
    expect((await resolve('host=h user=ada', { PGPASSFILE: '' })).password).toBe('usual');
    vi.unstubAllEnvs();
  });

  it('is not used where others may read it, and that is said', async () => {
    const spec = await resolve('postgresql://ada@db.example.com/app', { PGPASSFILE: file('open', lines, 0o640) });
    expect(spec.password).toBeNull();
    expect(connectionInUse(spec)).toMatch(/others may read it; chmod 600/);
  });
});

describe('for programs that are started', () => {
  it('verify-full without a root file asks for the authorities of the machine', async () => {
    const trusted = async (settings: string): Promise<string | undefined> => connectionEnvironment(await resolve(`host=h user=ada ${settings}`)).PGSSLROOTCERT;
    expect([await trusted('sslmode=verify-full'), await trusted('sslmode=verify-full sslrootcert=/a.crt'), await trusted('sslmode=require')]).toEqual(['system', '/a.crt', undefined]);
  });

  it('demands go along', async () => {
    const spec = await resolve('host=h user=ada channel_binding=require target_session_attrs=primary');
    expect(connectionEnvironment(spec)).toMatchObject({ PGCHANNELBINDING: 'require', PGTARGETSESSIONATTRS: 'primary' });
    expect((await resolve(conninfo(spec))).demands).toEqual({ channelBinding: 'require', session: 'primary' });
  });

  it('the connection goes through the environment, and comes back the same', async () => {
    const spec = await resolve("host=db.example.com user=ada password='it''s' dbname=app sslmode=disable".replace("''", "\\'"));
    expect(connectionEnvironment(spec)).toMatchObject({ PGHOST: 'db.example.com', PGPASSWORD: "it's", PGSSLMODE: 'disable' });
    expect(await resolve(conninfo(spec))).toMatchObject({ host: 'db.example.com', user: 'ada', password: "it's", database: 'app', tls: 'disable' });
    expect(await resolve(withDatabase(conninfo(spec), 'scratch'))).toMatchObject({ database: 'scratch', user: 'ada' });
    expect(withDatabase('postgresql://ada@db.example.com/app?sslmode=require', 'scratch')).toBe('postgresql://ada@db.example.com/scratch?sslmode=require');
  });
});
