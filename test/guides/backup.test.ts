import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applySqlFiles } from '../../src/postgres/apply.js';
import { withDatabase } from '../../src/postgres/scratch.js';
import { compilePath } from '../../src/project/guides.js';
import { startLocalServer, type EmbeddedServer } from '../../src/rehearsal/embedded.js';
import { systemServers } from '../../src/rehearsal/server-binaries.js';
import { serverUser } from '../../src/rehearsal/server-user.js';
import { supabaseBaseline } from '../../src/rehearsal/supabase.js';
import { administer } from '../support/server.js';
import { folder, logOf, root, wizard } from '../cli/support.js';

/** pg_dump must be as new as the server, so both come from the same installation. */
const installation = systemServers(serverUser()).find((server) => ['pg_dump', 'pg_restore'].every((name) => existsSync(join(server.bin, name))));

describe.skipIf(!installation)('a run of the database refactoring with its shell steps', () => {
  let server: EmbeddedServer;
  beforeAll(async () => { server = await startLocalServer(); });
  afterAll(async () => { await server.stop(); });

  it('backs up, restores the backup into a scratch database, compares, applies, measures and fills the log', async () => {
    for (const name of ['live', 'scratch']) await administer(server, `CREATE DATABASE ${name}`);
    const [live, scratch] = ['live', 'scratch'].map((name) => withDatabase(server.url, name)) as [string, string];
    const graph = await compilePath(join(root, 'guides/database-refactoring.md'));
    await applySqlFiles(live, [...supabaseBaseline(), ...graph.guide.baseline].map((path) => ({ path })));
    const project = folder();
    // An hour of watching is left out; everything else is done.
    writeFileSync(join(project, 'answers.yaml'), `skip: { monitor: "an hour, in a test" }\nparameters: { database_url: ${JSON.stringify(live)}, scratch_url: ${JSON.stringify(scratch)} }\n`);
    const logs = join(project, 'logs');
    const env = { PATH: `${server.binaries}:${process.env['PATH'] ?? ''}` };
    const ended = await wizard(['run', join(root, 'guides/database-refactoring.md'), '--database', live, '--headless', '--yes', '--answers', 'answers.yaml', '--logs', logs], { cwd: project, env });
    expect(ended.code, ended.err).toBe(0);
    const log = logOf(logs);
    const step = (id: string) => log.steps.find((one) => one.id === id);
    expect(step('backup')).toMatchObject({ verdict: 'passed', kind: 'shell' });
    expect(step('backup-check')?.statements[0]?.output).toMatch(/source: 300 \d+ \d+ \d+\ncopy: {3}300 \d+ \d+ \d+\nbackup verified/);
    expect(log.metrics.before).toMatchObject({ 'users with mfa': '101' });
    expect(log.template.text).toMatch(/Before Deployment:\n- Users with MFA: 101\n[\s\S]*After Deployment:\n- Users with MFA: 100\n/);
    expect(log.followUps.map((one) => one.label)).toEqual(expect.arrayContaining(['First hour', 'Day 1', 'Day 2', 'Day 3', 'Day 4', 'Day 5', 'Day 7', 'Week 2', 'Week 3', 'Week 4']));

    const back = await wizard(['rollback', log.run, '--database', live, '--headless', '--yes', '--answers', 'answers.yaml', '--logs', logs], { cwd: project, env });
    expect(back.code, back.err).toBe(5);
    const told = logOf(logs);
    expect(told.notification?.text).toMatch(/^Subject: Database rollback - .*Phase 3: unified MFA source, Phase 2: resource library policies, Phase 1: search_path hardening\n[\s\S]*Status: rolled back completely\n/);
    expect(told.notification?.left).toEqual(['[impact]', '[investigation]', '[mending]', '[next attempt]', '[time]']);
  }, 180_000);
});
