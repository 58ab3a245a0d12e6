import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { freshDatabase } from '../support/server.js';
import { live } from './live.js';
import { folder, guideFile, smallGuide, wizard } from './support.js';

it('a folder that cannot be made stops the run before anything is written to the database', async () => {
  const database = await freshDatabase();
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const ended = await wizard(['run', guideFile(smallGuide), '--database', database.url, '--headless', '--yes', '--logs', join(file, 'logs')]);
  expect(ended.code, ended.err).toBe(4);
  expect(ended.err).toMatch(/log-unwritable[\s\S]*--logs/);
  const client = new pg.Client(database.url);
  await client.connect();
  expect((await client.query("SELECT to_regnamespace('deploy_wizard') AS ledger, to_regclass('public.note') AS note")).rows).toEqual([{ ledger: null, note: null }]);
  await client.end();
});

it('a folder that vanishes in the middle of a run stops it before the next effect; the ledger\'s copy goes on', async () => {
  const database = await freshDatabase();
  const gate = join(folder(), 'gate');
  execFileSync('mkfifo', [gate]);
  const logs = folder();
  const guide = guideFile(`# Vanished\n\n## Deployment\n\n\`\`\`sql id=first\nCREATE TABLE public.one (id int);\n\`\`\`\n\n\`\`\`bash id=wait\ncat ${gate}\n\`\`\`\n\n\`\`\`sql id=second\nCREATE TABLE public.two (id int);\n\`\`\`\n`);
  const run = live(['run', guide, '--database', database.url, '--headless', '--yes', '--logs', logs]);
  const { run: id } = await run.until('run.started');
  await run.until('command.started');
  rmSync(logs, { recursive: true });
  await writeFile(gate, 'go\n');
  const { code, err } = await run.ended;
  expect(code, err).toBe(4);
  expect(err).toMatch(/journal-unwritable[\s\S]*it was deleted/);
  const client = new pg.Client(database.url);
  await client.connect();
  const made = async (): Promise<unknown> => (await client.query("SELECT to_regclass('public.one') IS NOT NULL AS one, to_regclass('public.two') IS NOT NULL AS two")).rows[0];
  expect(await made()).toEqual({ one: true, two: false });
  // Nobody knows here that the command had ended: it is not run again, and a person is asked.
  const ended = await wizard(['resume', id, '--database', database.url, '--headless', '--yes', '--logs', logs]);
  expect(ended.code, ended.err).not.toBe(0);
  expect(`${ended.out}${ended.err}`).toContain('its end was not seen');
  expect(await made()).toEqual({ one: true, two: false });
  await client.end();
});
