import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { startTlsServer, type TlsServer } from '../support/tls-server.js';
import { live } from './live.js';
import { folder, guideFile, logOf, wizard } from './support.js';

/** Unlike anything else, with characters that are written otherwise in a URL and in JSON. */
const PLANTED = 'pl@nted "Pa55/word';
const FORMS = [PLANTED, encodeURIComponent(PLANTED), JSON.stringify(PLANTED).slice(1, -1), 'Pa55'];

let server: TlsServer;

beforeAll(async () => {
  server = await startTlsServer(PLANTED);
});

afterAll(() => server.stop());

const guide = guideFile(`# Planted

## Deployment

\`\`\`sql id=table
CREATE TABLE IF NOT EXISTS kept (id int);
SELECT current_user;
\`\`\`

\`\`\`bash rehearse=run
echo "as $PGUSER with $PGPASSWORD to $PGHOST"
psql -X -Atc 'SELECT 40 + 2' || true
\`\`\`

\`\`\`sql
SELECT pg_sleep(0) FROM nowhere;
\`\`\`
`);

/** Every file of a folder, as one text. */
function all(logs: string): string {
  return readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8')).join('\n');
}

function clean(...texts: string[]): void {
  for (const text of texts) for (const form of FORMS) expect(text).not.toContain(form);
}

const url = (): string => `postgresql://postgres:${encodeURIComponent(PLANTED)}@localhost:${server.port}/postgres?sslmode=verify-full&sslrootcert=${server.authority}&hostaddr=127.0.0.1`;

function passwordFile(mode: number): string {
  const path = join(folder(), 'pgpass');
  writeFileSync(path, `localhost:${server.port}:*:postgres:${PLANTED.replaceAll('\\', '\\\\').replaceAll(':', '\\:')}\n`);
  chmodSync(path, mode);
  return path;
}

const home = (): string => { const path = folder(); mkdirSync(join(path, '.postgresql')); return path; };

describe('the password is in no output, log, journal or ledger', () => {
  const common = (): Record<string, string> => ({ PGHOST: 'localhost', PGHOSTADDR: '127.0.0.1', PGPORT: String(server.port), PGUSER: 'postgres', PGDATABASE: 'postgres', PGSSLMODE: 'verify-full', PGSSLROOTCERT: server.authority, HOME: home() });
  it.each([
    ['a URL', (): [string[], Record<string, string>] => [['--database', url()], {}]],
    ['DATABASE_URL', (): [string[], Record<string, string>] => [[], { DATABASE_URL: url() }]],
    ['PG* variables', (): [string[], Record<string, string>] => [[], { ...common(), PGPASSWORD: PLANTED }]],
    ['a password file', (): [string[], Record<string, string>] => [[], { ...common(), PGPASSFILE: passwordFile(0o600) }]],
    ['a service file', (): [string[], Record<string, string>] => {
      const path = join(folder(), 'services');
      writeFileSync(path, `[planted]\nhost=localhost\nhostaddr=127.0.0.1\nport=${server.port}\nuser=postgres\ndbname=postgres\npassword=${PLANTED}\nsslmode=verify-full\nsslrootcert=${server.authority}\n`, { mode: 0o600 });
      return [[], { PGSERVICEFILE: path, PGSERVICE: 'planted', HOME: home() }];
    }],
  ])('given in %s', async (_, given) => {
    const [args, env] = given();
    const logs = folder();
    const answers = join(folder(), 'answers.yaml');
    writeFileSync(answers, '{}\n');
    const ended = await wizard(['run', guide, ...args, '--headless', '--yes', '--json', '--logs', logs], { env });
    expect(ended.code, ended.err).toBe(1);
    expect(ended.err).toContain('nowhere');
    const written = all(logs);
    clean(ended.out, ended.err, written);
    // What is in use stands in the log.
    const { database } = logOf(logs);
    expect(database?.tls).toMatch(/^TLSv1\.3 TLS_/);
    expect(database?.connection).toMatch(/^user postgres; sslmode verify-full with /);
    expect(written).toMatch(/- \*\*Connection:\*\* user postgres; sslmode verify-full/);
    const client = new pg.Client({ host: server.socket, port: server.port, user: 'postgres', password: PLANTED, database: 'postgres' });
    await client.connect();
    const { rows } = await client.query<{ text: string }>('SELECT string_agg(e::text, chr(10)) AS text FROM deploy_wizard.events e');
    await client.end();
    clean(rows[0]?.text ?? '');
  });

  it('when the server refuses it, the database is missing or the certificate is wrong', async () => {
    for (const [bad, expected] of [
      [url().replace(encodeURIComponent(PLANTED), `${encodeURIComponent(PLANTED)}x`), /password authentication failed/],
      [url().replace('/postgres?', '/nowhere?'), /does not exist/],
      [url().replace(server.authority, server.stranger), /certificate/],
      [url().replace('@localhost', '@elsewhere.example.com'), /does not match/],
      [`${url()}&sslmod=x`, /no connection setting/],
    ] as const) {
      const ended = await wizard(['run', guide, '--database', bad, '--headless', '--yes', '--logs', folder()]);
      expect([2, 6]).toContain(ended.code);
      expect(ended.err).toMatch(expected);
      clean(ended.out, ended.err);
    }
  });

  it('a password file that others may read is not used, and the message says why', async () => {
    const ended = await wizard(['run', guide, '--headless', '--yes', '--logs', folder()], { env: { ...common(), PGPASSFILE: passwordFile(0o644) } });
    expect(ended.code).toBe(6);
    expect(ended.err).toMatch(/others may read it; chmod 600/);
    clean(ended.err);
  });
});

it.runIf(process.platform === 'linux')('the password is in no list of processes: not of the wizard, nor of what it starts', async () => {
  const logs = folder();
  const marker = join(folder(), 'listed');
  // The command lists every process itself, while it runs.
  const listing = guideFile(`# Listing\n\n## Deployment\n\n\`\`\`bash\nfor one in /proc/[0-9]*; do tr '\\0' ' ' < $one/cmdline >> ${marker} 2>/dev/null || true; echo >> ${marker}; done\n\`\`\`\n`);
  const run = live(['run', listing, '--database', url(), '--headless', '--yes', '--logs', logs]);
  await run.until('step.started');
  clean(readFileSync(`/proc/${run.child.pid}/cmdline`, 'latin1'));
  expect((await run.ended).code).toBe(0);
  const listed = readFileSync(marker, 'latin1');
  expect(listed).toContain('--database postgresql://postgres:***@localhost');
  clean(listed);
});
