import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { folder, guideFile, wizard } from '../cli/support.js';
import { freshDatabase, testServer } from '../support/server.js';
import { bouncer, startBouncer } from './bouncer.js';
import { report } from './report.js';
import { logIn } from './trial.js';

const held = guideFile(`# Held

## Deployment

\`\`\`sql id=held lock-timeout=10m
SELECT pg_advisory_xact_lock(99);
CREATE TABLE public.once (id int);
INSERT INTO public.once VALUES (1);
\`\`\`
`);

/** How far the step of `held` is from having been applied once: by the row it writes, and by the ledger. */
async function timesApplied(client: pg.Client): Promise<{ lost: number; twice: number }> {
  const there = (await client.query("SELECT to_regclass('public.once') IS NOT NULL AS t, to_regclass('deploy_wizard.attempts') IS NOT NULL AS l")).rows[0] as { t: boolean; l: boolean };
  const rows = there.t ? Number((await client.query('SELECT count(*) FROM public.once')).rows[0]?.count) : 0;
  const attempts = there.l ? Number((await client.query("SELECT count(*) FROM deploy_wizard.attempts WHERE state = 'committed'")).rows[0]?.count) : 0;
  return { lost: rows === 0 || attempts === 0 ? 1 : 0, twice: Math.max(0, rows - 1, attempts - 1) };
}

describe('many wizards at once', () => {
  it.each([2, 16])('of %i one holds the database; the others are refused and say who, since when, from where', async (wizards) => {
    const database = await freshDatabase();
    const gate = new pg.Client(database.url);
    await gate.connect();
    await gate.query('SELECT pg_advisory_lock(99)');
    // Sixteen programs that start at once on two cores are slow to connect.
    const url = `${database.url}?connect_timeout=120`;
    const runs = Array.from({ length: wizards }, (_, index) => wizard(['run', held, '--database', url, '--headless', '--yes', '--operator', `operator-${index}`, '--logs', folder()]));
    const refused: string[] = [];
    const other: string[] = [];
    // All but the one that waits behind the gate end by themselves.
    await new Promise<void>((resolve) => {
      let left = wizards - 1;
      for (const run of runs) void run.then((ended) => {
        // The one that had to wait ends last, behind the gate.
        if (left === 0) return;
        if (ended.code === 3) refused.push(ended.err);
        else other.push(`exit ${ended.code}: ${ended.err}`);
        left -= 1;
        if (left === 0) resolve();
      });
    });
    const holder = (await gate.query<{ operator: string; host: string; since: Date }>('SELECT operator, host, since FROM deploy_wizard.holder')).rows[0];
    for (const text of refused) {
      expect(text).toContain(`${holder?.operator} on ${holder?.host}`);
      expect(text).toContain(`since ${String(holder?.since.getUTCFullYear())}`);
    }
    await gate.query('SELECT pg_advisory_unlock(99)');
    const passed = (await Promise.all(runs)).filter((ended) => ended.code === 0);
    const applied = await timesApplied(gate);
    // Who is neither refused nor through does not know what became of it.
    report({ fault: `${wizards} wizards at once`, boundaries: wizards, ...applied, unknown: wizards - refused.length - passed.length });
    expect(other).toEqual([]);
    expect(refused).toHaveLength(wizards - 1);
    expect(passed).toHaveLength(1);
    expect(applied).toEqual({ lost: 0, twice: 0 });
    await gate.end();
  });
});

describe('PgBouncer in transaction mode', () => {
  it.skipIf(!bouncer)('is told by its behaviour and refused for a writing run, with the remedy; nothing is written', async () => {
    const server = await testServer();
    const database = await freshDatabase();
    const { port, stop } = await startBouncer(server.connection);
    try {
      // Another client, so that the pooler hands different backends to one connection.
      const other = new pg.Client(`postgresql://postgres@127.0.0.1:${port}/${database.connection.database}`);
      await other.connect();
      const ended = await wizard(['run', held, '--database', `postgresql://postgres@127.0.0.1:${port}/${database.connection.database}`, '--headless', '--yes', '--logs', folder()]);
      const written = (await other.query("SELECT FROM pg_class WHERE oid = to_regclass('public.once') UNION ALL SELECT FROM pg_namespace WHERE nspname = 'deploy_wizard'")).rows.length;
      await other.end();
      // The remedy that it names.
      const direct = await wizard(['run', held, '--database', database.url, '--headless', '--yes', '--logs', folder()]);
      const client = new pg.Client(database.url);
      await client.connect();
      const applied = await timesApplied(client);
      await client.end();
      report({ fault: 'PgBouncer in transaction mode', boundaries: 1, lost: applied.lost, twice: applied.twice + written, unknown: [ended, direct].filter((one) => one.code === 1).length });
      expect(ended.code, ended.err).toBe(3);
      expect(ended.err).toMatch(/pooler[\s\S]*(?:directly|session pooler)/);
      expect(written).toBe(0);
      expect(direct.code, direct.err).toBe(0);
      expect(applied).toEqual({ lost: 0, twice: 0 });
    } finally {
      stop();
    }
  });
});

const indexed = guideFile(`# Index

## Deployment

\`\`\`sql id=table
CREATE TABLE public.entry (id int);
\`\`\`

\`\`\`sql id=index lock-timeout=300ms
CREATE INDEX CONCURRENTLY entry_id ON public.entry (id);
\`\`\`
`);

describe('a lock timeout during CREATE INDEX CONCURRENTLY', () => {
  it('leaves an invalid index that is named in the message; on request it is dropped and built again, and the log says so', async () => {
    const database = await freshDatabase();
    const logs = folder();
    const gate = new pg.Client(database.url);
    await gate.connect();
    // A snapshot that the build has to wait for.
    await gate.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await gate.query('SELECT 1 FROM pg_class');
    const held = await wizard(['run', indexed, '--database', database.url, '--headless', '--yes', '--logs', logs]);
    await gate.query('ROLLBACK');
    expect(held.code).toBe(1);
    expect(held.err).toMatch(/invalid index public\.entry_id/);
    const early = await wizard(['resume', '--database', database.url, '--headless', '--yes', '--logs', logs]);
    expect(early.code, early.err).toBe(1);
    expect(early.err).toMatch(/entry_id/);
    const end = await wizard(['resume', '--database', database.url, '--headless', '--yes', '--repair-index', '--logs', logs]);
    const { rows } = await gate.query<{ indisvalid: boolean }>("SELECT indisvalid FROM pg_index WHERE indrelid = 'public.entry'::regclass");
    report({ fault: 'lock timeout in CREATE INDEX CONCURRENTLY', boundaries: 1, lost: rows.some((row) => row.indisvalid) ? 0 : 1, twice: Math.max(0, rows.length - 1), unknown: end.code === 0 ? 0 : 1 });
    expect(end.code, end.err).toBe(0);
    expect(rows).toEqual([{ indisvalid: true }]);
    expect(logIn(logs)).toContain('dropped the invalid index public.entry_id first');
    await gate.end();
  });
});
