import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { folder, guideFile, logOf, main, smallGuide, wizard } from './support.js';

const made: TestDatabase[] = [];
afterEach(async () => { await Promise.all(made.splice(0).map((one) => one.drop())); });

async function target(sql: string): Promise<TestDatabase> {
  const one = await freshDatabase();
  made.push(one);
  const client = new pg.Client(one.connection);
  await client.connect();
  await client.query(sql);
  await client.end();
  return one;
}

const guide = `---
guide: scaled
baseline: [base.sql]
---
# Scaled

## Deployment

\`\`\`sql id=retype
ALTER TABLE public.orders ALTER amount TYPE bigint;
\`\`\`

\`\`\`sql id=name
ALTER TABLE public.orders ADD COLUMN note text;
\`\`\`

## Rollback

\`\`\`sql id=unname reverts=name
ALTER TABLE public.orders DROP COLUMN note;
\`\`\`

\`\`\`sql id=untype reverts=retype
ALTER TABLE public.orders ALTER amount TYPE integer;
\`\`\`
`;
const table = (rows: number): string => `CREATE TABLE public.orders (id int PRIMARY KEY, amount integer); INSERT INTO public.orders SELECT n, n FROM generate_series(1, ${rows}) AS n; ANALYZE public.orders;`;

it('scales the steps that read or rewrite a table by its rows on the target, says from what, and foretells the run by it', async () => {
  const one = await target(table(5000));
  const cwd = folder();
  writeFileSync(join(cwd, 'base.sql'), table(100));
  writeFileSync(join(cwd, 'scaled.md'), guide);
  const rehearsed = await wizard(['rehearse', 'scaled.md', '--headless', '--yes', '--logs', 'rehearsed', '--database', one.url], { cwd });
  expect(rehearsed.code, rehearsed.err).toBe(0);
  expect(rehearsed.err).toContain('scaled by the table sizes of the target (--database)');
  expect(rehearsed.err).toContain('retype: ×50, for public.orders had 100 rows in the rehearsal and has about 5000 there (from so few rows, rather too long)');
  const rehearsal = logOf(join(cwd, 'rehearsed'));
  expect(rehearsal.forecast?.scaled.map(({ step, factor }) => [step, factor])).toEqual([['retype', 50], ['untype', 50]]);

  expect((await wizard(['rehearse', 'scaled.md', '--headless', '--yes', '--logs', 'both'], { cwd })).err).toContain('as long as this rehearsal took on its own data, not scaled to the tables of a target (--database or --env names one)');
  const run = await wizard(['run', 'scaled.md', '--headless', '--yes', '--database', one.url, '--logs', 'rehearsed', '--window', '60m'], { cwd });
  expect(run.code, run.err).toBe(0);
  expect(run.err).toMatch(new RegExp(`Forecast: .* forward, .* back, by rehearsal ${rehearsal.run}, scaled by the table sizes of the target \\(${one.connection.database}\\)`));
  const step = rehearsal.steps.find((known) => known.id === 'retype');
  expect(rehearsal.forecast?.forwardMs).toBeGreaterThanOrEqual((step?.durationMs ?? 0) * 50);
  // A rollback in earnest shows what was rehearsed for it, too.
  const markdown = (await wizard(['log', (JSON.parse((await wizard(['runs', '--json', '--logs', 'rehearsed'], { cwd })).out) as { run: string; mode: string }[]).find((known) => known.mode === 'run')?.run ?? '', '--logs', 'rehearsed'], { cwd })).out;
  expect(markdown).toContain('**Forecast:**');
});

it('tells that the window is over while a step still runs, and once only', async () => {
  const one = await target('SELECT 1');
  const holder = new pg.Client(one.connection);
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock(7)');
  // The step waits for the lock for as long as a busy machine takes to tell that the window is over.
  const slow = guideFile(smallGuide.replace('id=verify\nSELECT count(*) FROM public.note;', 'id=verify lock-timeout=2m\nSELECT pg_advisory_xact_lock_shared(7);\n```\n\n```sql id=count\nSELECT count(*) FROM public.note;'));
  const running = execa(process.execPath, [main, 'run', slow, '--database', one.url, '--json', '--yes', '--logs', folder(), '--window', '2s'], { reject: false, stdin: 'ignore' });
  const types: string[] = [];
  for await (const line of createInterface({ input: running.stdout })) {
    const event = JSON.parse(line) as { type: string; step?: string };
    types.push(`${event.type}${event.step ? ` ${event.step}` : ''}`);
    if (event.type === 'window.crossed') await holder.query('SELECT pg_advisory_unlock_all()');
  }
  await holder.end();
  const done = await running;
  expect(done.exitCode, done.stderr).toBe(0);
  expect(types.filter((type) => type === 'window.crossed')).toHaveLength(1);
  expect(types.indexOf('window.crossed')).toBeGreaterThan(types.indexOf('step.started verify'));
  expect(types.indexOf('window.crossed')).toBeLessThan(types.indexOf('step.finished verify'));
});

it('goes on in another window than it began with', async () => {
  const one = await target('SELECT 1');
  const logs = folder();
  const path = guideFile(smallGuide);
  expect((await wizard(['run', path, '--database', one.url, '--headless', '--logs', logs, '--window', '2026-01-01T02:00:00Z/2026-01-01T04:00:00Z'])).code).toBe(4);
  const resumed = await wizard(['resume', '--database', one.url, '--headless', '--yes', '--logs', logs, '--window', '90m']);
  expect(resumed.code, resumed.err).toBe(0);
  const log = logOf(logs);
  expect(Date.parse(log.window?.end ?? '')).toBeGreaterThan(Date.now());
  expect(log.windowCrossed).toHaveLength(1);
});
