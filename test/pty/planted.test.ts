import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, main, wizard } from '../cli/support.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { Terminal } from '../support/terminal.js';

/** What must be found nowhere, by where it is planted. */
const planted = {
  'secret parameter': 'Vault-7Kd0-opal', 'password of the connection': 'pw-Ochre41zz', 'token of the webhook': 'T0HOOKxx-8842-turquoise', 'bearer token': 'bT9.kestrel-Q5rs', JWT: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  'e-mail parameter': 'odile.vanmarck@example.org', 'e-mail of a row': 'w.szymborska@example.net', 'name of a row': 'Wislawa', 'surname of a row': 'Szymborska', 'id of a row': '3d0b6c1e-9f6d-4f0c-8d5e-2f7d9a1b3c4d',
  'name in a command\'s output': 'Ferdinand', 'telephone in a command\'s output': '0044-20-7946-0958', 'second line of a secret': 'kQz81-second-line',
};
const id = planted['id of a row'];

let database: TestDatabase;
let logs: string;
let cwd: string;
/** Everything that the wizard wrote anywhere, by where. */
const found = new Map<string, string>();

const guide = (leak: string): string => `---
guide: planted
parameters:
  api_token: { type: text, ask: Token of the mailer, secret: true }
  key: { type: text, ask: Key of two lines, secret: true }
  contact: { type: email, ask: Whom to tell, default: ${planted['e-mail parameter']} }
---
# Planted

## Deployment

\`\`\`sql id=apply
CREATE TABLE public.told (who text, token text, key text);
INSERT INTO public.told VALUES (:'contact', :'api_token', :'key');
\`\`\`

\`\`\`sql id=look
SELECT id, name, email, token FROM public.person;
\`\`\`

\`\`\`expect
rows = 2
operator "The rows look right"
\`\`\`

\`\`\`sql id=judge
SELECT name FROM public.person LIMIT 1;
\`\`\`

\`\`\`expect
operator "The name looks right"
\`\`\`

\`\`\`sql id=say
DO $$ DECLARE p record; BEGIN FOR p IN SELECT * FROM public.person LOOP RAISE NOTICE 'account of % is known as % for 3 days', p.name, p.email; END LOOP; END $$;
\`\`\`

\`\`\`expect
notice "is known as"
\`\`\`

\`\`\`sh id=tell
echo "Authorization: Bearer $API_TOKEN"; echo "$KEY"; cat ${leak}
\`\`\`

\`\`\`expect
output contains "mail sent"
\`\`\`

## Verification

\`\`\`sql id=refuse
DO $$ BEGIN RAISE EXCEPTION 'account of % is locked', (SELECT name FROM public.person LIMIT 1) USING ERRCODE = '42501'; END $$;
\`\`\`

## Rollback

\`\`\`sql id=undo reverts=apply
DROP TABLE public.told;
\`\`\`

### Notification

\`\`\`
Subject: rollback of [Phase] on [Environment]
Why: [Reason]
Issue: [Issue description]
\`\`\`
`;

beforeAll(async () => {
  database = await freshDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query('CREATE TABLE public.person (id uuid, name text, email text, token text)');
  for (let row = 0; row < 2; row += 1) await client.query('INSERT INTO public.person VALUES ($1, $2, $3, $4)', [id, `${planted['name of a row']} ${planted['surname of a row']}`, planted['e-mail of a row'], planted.JWT]);
  await client.end();

  cwd = folder();
  logs = join(cwd, 'logs');
  const leak = join(cwd, 'leak');
  writeFileSync(leak, `mail sent to ${planted['name in a command\'s output']} (${planted['telephone in a command\'s output']})\nid ${id}\n${Object.values(planted).join('\n')}\n`);
  writeFileSync(join(cwd, 'planted.md'), guide(leak));
  writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'logs: logs\nenvironments: { staging: { database: env:TARGET, privacy: safe, rollback: automatic } }\nnotify: { webhook: env:HOOK }\n');
  const told: string[] = [];
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => told.push(chunk.toString('utf8')));
    request.on('end', () => response.writeHead(404).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target = new URL(database.url);
  target.password = planted['password of the connection'];
  const env = { TARGET: target.href, HOOK: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/${planted['token of the webhook']}` };
  const key = `first-line-of-the-key\n${planted['second line of a secret']}`;
  const given = ['run', 'planted.md', '--env', 'staging', '--param', `key=${key}`];

  const keep = (name: string, ended: { out: string; err: string }): void => { found.set(`${name}: stdout`, ended.out); found.set(`${name}: stderr`, ended.err); };
  keep('run', await wizard([...given, '--param', `api_token=${planted['secret parameter']}`, '--headless', '--yes'], { cwd, env }));
  keep('events', await wizard([...given, '--param', `api_token=${planted['bearer token']}`, '--headless', '--yes', '--json'], { cwd, env }));

  const t = new Terminal(`'${process.execPath}' '${main}' ${given.map((one) => `'${one}'`).join(' ')}`, { cwd, env, columns: 100, rows: 40 });
  await t.see('Is this the right database?');
  // The masked suggestion is taken as it stands, and means the address behind it.
  await t.pressAndSee('y', 'value: ‹e-mail›');
  await t.pressAndSee('\r', 'Token of the mailer');
  await t.pressAndSee(planted['secret parameter'], `value: ${'•'.repeat(planted['secret parameter'].length)}`);
  await t.pressAndSee('\r', 'This step writes');
  await t.pressAndSee('x', /operator "The rows look right"\n +measured/);
  await t.pressAndSee('h', /operator "The name looks right"\n +measured/);
  await t.pressAndSee('h', 'This step writes');
  await t.pressAndSee('x', 'modify it first');
  await t.pressAndSee('x', 'This step writes');
  await t.pressAndSee('x', 'FAILED');
  await t.pressAndSee('v', '# › ');
  await t.pressAndSee('c', 'copied to the clipboard');
  await t.pressAndSee('\u001b', /^(?![\s\S]*Guide SHA-256)/);
  await t.pressAndSee('c', 'copied to the clipboard');
  await t.pressAndSee('b', 'database: ▏');
  t.press(database.connection.database);
  await t.see(`database: ${database.connection.database}`);
  await t.pressAndSee('\r', 'This step undoes');
  await t.pressAndSee('x', /q or enter leaves/);
  await t.pressAndSee('q', /exit=/);
  found.set('terminal', t.raw);
  t.close();
  server.close();
  found.set('webhook', told.join('\n'));
  found.set('clipboard', [...t.raw.matchAll(/\u001b\]52;c;([^\u0007]*)/g)].map(([, text]) => Buffer.from(text ?? '', 'base64').toString('utf8')).join('\n'));

  const runs = readdirSync(logs).flatMap((name) => /-([0-9a-f]{8})\.json$/.exec(name)?.slice(1) ?? []);
  expect(runs).toHaveLength(3);
  keep('runs', await wizard(['runs', '--json'], { cwd, env }));
  const rolledBack = runs.at(-1) ?? '';
  keep('message', await wizard(['log', rolledBack, '--notification'], { cwd }));
  for (const run of runs) {
    for (const format of ['md', 'json', 'html']) keep(`log ${run} ${format}`, await wizard(['log', run, '--format', format], { cwd }));
    keep(`watch ${run}`, await wizard(['watch', run], { cwd }));
  }
  for (const name of readdirSync(logs, { recursive: true, encoding: 'utf8' })) {
    try { found.set(`file ${name}`, readFileSync(join(logs, name), 'utf8')); } catch { /* a folder */ }
  }
  const ledger = new pg.Client(database.url);
  await ledger.connect();
  const tables = await ledger.query<{ name: string }>('SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = \'deploy_wizard\' AND c.relkind = \'r\'');
  for (const { name } of tables.rows) found.set(`ledger ${name}`, JSON.stringify((await ledger.query(`SELECT * FROM ${name}`)).rows));
  await ledger.end();
}, 120_000);

afterAll(() => database.drop());

describe('what is planted in a run with privacy: safe', () => {
  it('was met everywhere that is searched', () => {
    const names = [...found.keys()];
    for (const one of ['journal.jsonl', '.md', '.json', '.html', 'ledger', 'webhook', 'terminal', 'runs: stdout', 'watch', 'events: stdout', '.runs.jsonl', 'clipboard']) expect(names.some((name) => name.includes(one) && (found.get(name) ?? '').length > 20), `${one} among ${names.join(', ')}`).toBe(true);
    for (const where of ['webhook', 'clipboard', 'message: stdout']) expect(found.get(where)).toContain('rollback of');
    for (const where of ['terminal', 'run: stderr']) expect([...found].filter(([name]) => name.startsWith(where)).map(([, text]) => text).join('')).toContain('mail sent to');
  });

  it.each(Object.entries(planted))('%s is found nowhere', (_what, value) => {
    const forms = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64').slice(0, -3)];
    expect([...found].filter(([, text]) => forms.some((form) => text.toLowerCase().includes(form.toLowerCase()))).map(([where]) => where)).toEqual([]);
  });

  it('leaves identifiers that correlate within a run and not across runs, and the guide\'s own words', () => {
    const journals = [...found].filter(([name]) => name.endsWith('journal.jsonl')).map(([, text]) => text);
    const marks = journals.map((text) => new Set(text.match(/id:[0-9a-f]{12}/g)));
    expect(marks.map((one) => one.size)).toEqual([1, 1, 1]);
    expect(new Set(marks.flatMap((one) => [...one])).size).toBe(3);
    for (const text of journals) {
      expect(text).toContain('account of ‹private› is known as ‹e-mail› for 3 days');
      expect(text).toContain('account of ‹private› is locked');
      expect(text).toContain('mail sent to ‹private›');
    }
  });
});
