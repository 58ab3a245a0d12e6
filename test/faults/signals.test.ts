import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { folder, guideFile, main, wizard } from '../cli/support.js';
import { freshDatabase } from '../support/server.js';
import { report } from './report.js';

const held = guideFile(`# Held

## Deployment

\`\`\`sql id=held lock-timeout=10m
CREATE TABLE public.once (id int);
INSERT INTO public.once VALUES (1);
SELECT pg_advisory_xact_lock(99);
\`\`\`
`);

const WAITING = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 99 AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

describe('a signal in the middle of a step', () => {
  it.each(['SIGTERM', 'SIGHUP'] as const)('%s cancels the statement, rolls back and ends in order; resume applies it once', async (signal) => {
    const database = await freshDatabase();
    const logs = folder();
    const gate = new pg.Client(database.url);
    await gate.connect();
    await gate.query('SELECT pg_advisory_lock(99)');
    const run = spawn(process.execPath, [main, 'run', held, '--database', database.url, '--headless', '--yes', '--logs', logs], { stdio: 'ignore' });
    const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve) => { run.once('exit', (...how) => resolve(how)); });
    while ((await gate.query(WAITING)).rows.length === 0);
    run.kill(signal);
    const [code, by] = await ended;
    expect(by, 'ended in order, not by the signal').toBeNull();
    expect(code).not.toBe(0);
    expect((await gate.query("SELECT to_regclass('public.once') AS t")).rows).toEqual([{ t: null }]);
    const log = readdirSync(logs).filter((name) => name.endsWith('.md')).map((name) => readFileSync(join(logs, name), 'utf8')).join('\n');
    expect(log).toMatch(/cancel|interrupt|stopped/i);
    await gate.query('SELECT pg_advisory_unlock(99)');
    const end = await wizard(['resume', '--database', database.url, '--headless', '--yes', '--logs', logs]);
    const rows = end.code === 0 ? Number((await gate.query('SELECT count(*) FROM public.once')).rows[0]?.count) : 0;
    report({ fault: `${signal} in the middle of a step`, boundaries: 1, lost: rows === 0 ? 1 : 0, twice: Math.max(0, rows - 1), unknown: end.code === 1 ? 1 : 0 });
    expect(end.code, end.err).toBe(0);
    expect(rows).toBe(1);
    await gate.end();
  });
});
