import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn as openTerminal } from '@lydell/node-pty';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { folder, guideFile, logOf, main, smallGuide, wizard } from '../cli/support.js';
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

type Ends = (env: Record<string, string>, args: string[]) => { end(): void; over: Promise<void> };

/** Ends a program by a signal; it has to end in order, not by the signal. */
const bySignal = (signal: NodeJS.Signals): Ends => (env, args) => {
  const run = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  return {
    end: () => { run.kill(signal); },
    over: new Promise((resolve, reject) => { run.once('exit', (code, by) => { if (by === null && code !== 0) resolve(); else reject(new Error(`ended by ${by} with ${code}`)); }); }),
  };
};

/** Runs it in a terminal that is closed, or that a signal comes to; it has to end in order there too. A closed one hangs up, and nothing can be written any more. */
const inTerminal = (end: NodeJS.Signals | 'closed') => (env: Record<string, string>, args: string[]): ReturnType<Ends> & { shows(what: string): Promise<void> } => {
  const window = openTerminal(process.execPath, args, { cols: 120, rows: 40, env: { ...process.env, ...env } });
  let text = '';
  window.onData((data) => { text += data; });
  return {
    shows: async (what) => { while (!text.includes(what)) await new Promise((again) => { setImmediate(again); }); },
    end: () => { if (end === 'closed') (window as unknown as { destroy(): void }).destroy(); else window.kill(end); },
    over: new Promise((resolve, reject) => { window.onExit(({ exitCode, signal }) => { if (signal === 0 && exitCode === 130) resolve(); else reject(new Error(`ended by ${signal} with ${exitCode}`)); }); }),
  };
};

const ends: [string, Ends][] = [['SIGTERM', bySignal('SIGTERM')], ['SIGHUP', bySignal('SIGHUP')], ['terminal closed', inTerminal('closed')]];

/** All that was written into files of this ending. */
function written(logs: string, ending: string): string {
  return readdirSync(logs).filter((one) => one.endsWith(ending)).map((one) => readFileSync(join(logs, one), 'utf8')).join('\n');
}

describe('an end from outside in the middle of a step', () => {
  it.each(ends)('%s cancels the statement, rolls back and ends in order; resume applies it once', async (name, begin) => {
    const database = await freshDatabase();
    const logs = folder();
    const gate = new pg.Client(database.url);
    await gate.connect();
    await gate.query('SELECT pg_advisory_lock(99)');
    const run = begin({ DEPLOY_WIZARD_OPERATOR: 'operator' }, [main, 'run', held, '--database', database.url, '--headless', '--yes', '--logs', logs]);
    while ((await gate.query(WAITING)).rows.length === 0);
    run.end();
    await run.over;
    expect((await gate.query("SELECT to_regclass('public.once') AS t")).rows).toEqual([{ t: null }]);
    expect(written(logs, '.md')).toContain(`ended by ${name === 'SIGTERM' ? 'SIGTERM' : 'SIGHUP: the terminal was closed'}`);
    await gate.query('SELECT pg_advisory_unlock(99)');
    const end = await wizard(['resume', '--database', database.url, '--headless', '--yes', '--logs', logs]);
    const rows = end.code === 0 ? Number((await gate.query('SELECT count(*) FROM public.once')).rows[0]?.count) : 0;
    report({ fault: `${name} in the middle of a step`, boundaries: 1, lost: rows === 0 ? 1 : 0, twice: Math.max(0, rows - 1), unknown: end.code === 1 ? 1 : 0 });
    expect(end.code, end.err).toBe(0);
    expect(rows).toBe(1);
    await gate.end();
  });
});

describe('an end from outside while a screen waits for an answer', () => {
  it.each(['SIGTERM', 'SIGHUP', 'closed'] as const)('%s: the log tells the reason, and resume goes on', async (how) => {
    const database = await freshDatabase();
    const logs = folder();
    const run = inTerminal(how)({ DEPLOY_WIZARD_OPERATOR: 'operator' }, [main, 'run', guideFile(smallGuide), '--database', database.url, '--logs', logs]);
    await run.shows('Is this the right database?');
    run.end();
    await run.over;
    expect(written(logs, '.md')).toContain(how === 'SIGTERM' ? 'ended by SIGTERM' : 'ended by SIGHUP: the terminal was closed');
    expect(logOf(logs).outcome).toBe('interrupted');
    expect((await wizard(['resume', '--database', database.url, '--headless', '--yes', '--logs', logs])).code).toBe(0);
    await database.drop();
  });
});

describe('an end from outside while nothing is walked yet', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves no server behind', async (signal) => {
    const run = spawn(process.execPath, [main, 'rehearse', guideFile(smallGuide), '--headless', '--yes', '--logs', folder()], { stdio: 'ignore' });
    const over = new Promise<number | null>((resolve) => { run.once('exit', resolve); });
    const home = join(tmpdir(), `deploy-wizard-${process.getuid?.() ?? 'user'}`);
    const servers = (): string[] => (existsSync(home) ? readdirSync(home).filter((one) => one.startsWith(`${run.pid}-`)) : []);
    while (servers().length === 0) await new Promise((again) => { setImmediate(again); });
    run.kill(signal);
    expect(await over).toBe(130);
    expect(servers()).toEqual([]);
  });
});
