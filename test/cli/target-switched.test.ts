import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { administer, freshDatabase, testServer, type TestDatabase } from '../support/server.js';
import { live } from './live.js';
import { folder, guideFile, wizard } from './support.js';

/** Another database of the same name takes the place of the first, as after a restore or behind a name that now leads elsewhere. */
async function switchIn({ connection: { database } }: TestDatabase): Promise<void> {
  const server = await testServer();
  // A run that looks for its database again must not be in it while it gets another name.
  await administer(server, `ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
  await administer(server, `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '${database}'`);
  await administer(server, `ALTER DATABASE ${database} RENAME TO ${database}_was`);
  await administer(server, `CREATE DATABASE ${database}`);
}

it('another database that answers in the middle of a run gets no write: exit 3, and resume refuses it too', async () => {
  const database = await freshDatabase();
  const gate = join(folder(), 'gate');
  execFileSync('mkfifo', [gate]);
  const logs = folder();
  const guide = guideFile(`# Switched\n\n## Deployment\n\n\`\`\`sql id=first\nCREATE TABLE public.one (id int);\n\`\`\`\n\n\`\`\`bash id=wait\ncat ${gate}\n\`\`\`\n\n\`\`\`sql id=second\nCREATE TABLE public.two (id int);\n\`\`\`\n`);
  const run = live(['run', guide, '--database', database.url, '--headless', '--yes', '--logs', logs]);
  await run.until('step.started', (event) => event.step === 'wait');
  await switchIn(database);
  await writeFile(gate, 'go\n');
  const { code, err } = await run.ended;
  expect(code, err).toBe(3);
  expect(err).toMatch(/not the one this run began on: it is another database/);
  const ended = await wizard(['resume', '--database', database.url, '--headless', '--yes', '--logs', logs]);
  expect(ended.code, ended.err).toBe(3);
  const client = new pg.Client(database.url);
  client.on('error', () => undefined);
  await client.connect();
  expect((await client.query("SELECT to_regnamespace('deploy_wizard') AS ledger, to_regclass('public.two') AS two")).rows).toEqual([{ ledger: null, two: null }]);
  await client.end();
});
