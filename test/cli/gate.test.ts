import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import type { LogDocument } from '../../src/log/schema.js';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { folder, wizard } from './support.js';

const made: TestDatabase[] = [];
const roles: string[] = [];
afterEach(async () => {
  const last = made.at(-1);
  await Promise.all(made.splice(0).map((one) => one.drop()));
  if (last) for (const role of roles.splice(0)) await ask({ ...last.connection, database: 'postgres' }, `DROP ROLE IF EXISTS ${role}`);
});

async function ask(connection: pg.ClientConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(sql);
    return Array.isArray(result) ? [] : result.rows;
  } finally {
    await client.end();
  }
}

const guide = `---
guide: gated
baseline: [base.sql]
---
# Gated

## Deployment

\`\`\`sql id=add
ALTER TABLE shop.price ADD COLUMN note text DEFAULT 'x';
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO PUBLIC;
\`\`\`

\`\`\`sql id=look
SELECT count(*) FROM shop.price;
\`\`\`

\`\`\`expect
value >= 0
\`\`\`

## Rollback

\`\`\`sql reverts=add
ALTER DEFAULT PRIVILEGES IN SCHEMA shop REVOKE SELECT ON TABLES FROM PUBLIC;
ALTER TABLE shop.price DROP COLUMN note;
\`\`\`
`;
const base = 'CREATE SCHEMA shop; CREATE TABLE shop.price (id int PRIMARY KEY, amount numeric NOT NULL); CREATE INDEX price_amount ON shop.price (amount);';

interface Project { cwd: string; target: TestDatabase; live(...more: string[]): ReturnType<typeof wizard>; at(env: string, ...more: string[]): ReturnType<typeof wizard>; rehearse(): ReturnType<typeof wizard>; log(): LogDocument; markdown(): string }

/** A project whose environment `live` wants a rehearsal; its target holds the guide's baseline. */
async function project(): Promise<Project> {
  const target = await freshDatabase();
  made.push(target);
  await ask(target.connection, base);
  const cwd = folder();
  writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'environments: { live: { database: env:TARGET, requires: { rehearsal: 14d } }, staging: { database: env:TARGET, privacy: safe } }\n');
  writeFileSync(join(cwd, 'gated.md'), guide);
  writeFileSync(join(cwd, 'base.sql'), base);
  const at = (env: string, ...more: string[]): ReturnType<typeof wizard> => wizard(['run', 'gated.md', '--env', env, '--headless', '--yes', ...more], { cwd, env: { TARGET: target.url } });
  const newest = (ending: string): string => {
    const logs = join(cwd, 'logs/migrations');
    const name = readdirSync(logs).filter((one) => one.endsWith(ending) && one.includes('-live-')).sort().at(-1) ?? '';
    return readFileSync(join(logs, name), 'utf8');
  };
  return {
    cwd, target, at, live: (...more) => at('live', ...more), rehearse: () => wizard(['rehearse', 'gated.md', '--headless', '--yes'], { cwd }),
    log: () => JSON.parse(newest('.json')) as LogDocument, markdown: () => newest('.md'),
  };
}

describe('the gate', () => {
  it('names exactly what differs with exit 3; lets other owners, tuning, comments and grants pass, and notes the owners', async () => {
    const { target, rehearse, live, log, markdown } = await project();
    roles.push('gate_owner', 'gate_reader');
    await ask(target.connection, `CREATE ROLE gate_owner; CREATE ROLE gate_reader; ALTER TABLE shop.price OWNER TO gate_owner; ALTER SCHEMA shop OWNER TO gate_owner; GRANT SELECT ON shop.price TO gate_reader;
      COMMENT ON TABLE shop.price IS 'prices'; ALTER TABLE shop.price SET (fillfactor = 80)`);
    await ask(target.connection, 'ALTER TABLE shop.price ALTER amount TYPE numeric(8,2), ADD COLUMN more int; DROP INDEX shop.price_amount; ALTER TABLE shop.price ENABLE ROW LEVEL SECURITY');
    expect((await rehearse()).code).toBe(0);
    const refused = await live();
    expect(refused.code).toBe(3);
    for (const told of [
      'column shop.price.amount: type numeric(8,2) here, numeric in the rehearsal', 'column shop.price.more is here, and was not there in the rehearsal',
      'index shop.price_amount was there in the rehearsal, and is not here', 'table shop.price: row security enabled here, none in the rehearsal',
    ]) expect(refused.err).toContain(told);
    expect(refused.err).not.toMatch(/owner|fillfactor|comment|grant/);
    expect(await ask(target.connection, `SELECT to_regnamespace('deploy_wizard') AS s`)).toEqual([{ s: null }]);

    await ask(target.connection, 'ALTER TABLE shop.price ALTER amount TYPE numeric, DROP COLUMN more, DISABLE ROW LEVEL SECURITY; CREATE INDEX price_amount ON shop.price (amount)');
    const ended = await live();
    expect(ended.code, ended.err).toBe(0);
    const document = log();
    expect(document.notes.map((one) => one.text)).toEqual(['owners are not compared: table shop.price belongs to gate_owner here']);
    expect(document.deviations).toEqual([]);
    // The production log names its rehearsal, and shows rehearsed beside actual durations.
    const rehearsal = document.rehearsal;
    expect(rehearsal?.sha256Matches).toBe(true);
    expect(markdown()).toContain(`**Rehearsal:** \`${rehearsal?.run ?? '?'}\``);
    expect(document.steps.find((step) => step.id === 'add')?.rehearsedMs).toBe(rehearsal?.durations['add']);
    expect(markdown()).toMatch(/\| Verdict +\| Step +\| Phase +\| Took +\| Rehearsed +\| Ratio +\|/);
  });

  it('wants a reason for doing without, which stands in the log with what differed', async () => {
    const { live, log, markdown } = await project();
    expect((await live()).code).toBe(3);
    expect((await live('--override-rehearsal', ' ')).code).toBe(3);
    const ended = await live('--override-rehearsal', 'the night shift said so');
    expect(ended.code, ended.err).toBe(0);
    expect(log().deviations).toEqual([expect.objectContaining({ what: 'rehearsal overridden', reason: 'the night shift said so (There is none.)', by: 'operator' })]);
    expect(markdown()).toContain('the night shift said so');
  });

  it('wants a rehearsal of what was changed in a begun run, and never stands in the way of going on or back', async () => {
    const { cwd, target, rehearse, log } = await project();
    const open = guide.replace('## Rollback', '## Sign-off\n\n- [ ] Done\n\n## Rollback');
    writeFileSync(join(cwd, 'gated.md'), open);
    expect((await rehearse()).code).toBe(0);
    const env = { TARGET: target.url };
    expect((await wizard(['run', 'gated.md', '--env', 'live', '--headless'], { cwd, env })).code).toBe(4);
    writeFileSync(join(cwd, 'gated.md'), open.replace('## Sign-off', '```sql id=late\nDELETE FROM shop.price;\n```\n\n## Sign-off'));
    const refused = await wizard(['resume', '--headless', '--yes'], { cwd, env });
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('the guide has changed since');
    writeFileSync(join(cwd, 'gated.md'), open);
    const resumed = await wizard(['resume', '--headless', '--yes'], { cwd, env });
    expect(resumed.code, resumed.err).toBe(0);
    const back = await wizard(['rollback', log().run, '--headless', '--yes'], { cwd, env });
    expect(back.code, back.err).toBe(5);
    expect(await ask(target.connection, `SELECT count(*)::int AS n FROM pg_attribute WHERE attrelid = 'shop.price'::regclass AND attname = 'note'`)).toEqual([{ n: 0 }]);
  });

  it('counts a passed run on staging, whose evidence holds hashes alone where values are private', async () => {
    const { cwd, target, at, live, log } = await project();
    expect((await at('staging')).code).toBe(0);
    const staged = readdirSync(join(cwd, 'logs/migrations')).filter((name) => name.endsWith('.json') && name.includes('-staging-'));
    await ask(target.connection, 'ALTER DEFAULT PRIVILEGES IN SCHEMA shop REVOKE SELECT ON TABLES FROM PUBLIC; ALTER TABLE shop.price DROP COLUMN note');
    const production = await live();
    expect(production.code, production.err).toBe(0);
    expect(staged.join()).toContain(log().rehearsal?.run);
    await ask(target.connection, 'ALTER DEFAULT PRIVILEGES IN SCHEMA shop REVOKE SELECT ON TABLES FROM PUBLIC; ALTER TABLE shop.price DROP COLUMN note; ALTER TABLE shop.price ADD COLUMN more int');
    const refused = await live();
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('column shop.price.more is here');
    const journal = readFileSync(join(cwd, 'logs/migrations', staged[0]?.replace(/\.json$/, '.journal.jsonl') ?? ''), 'utf8');
    expect(JSON.parse(journal.split('\n').find((line) => line.includes('evidence.noted')) ?? '{}')).toMatchObject({ objects: { 'column shop.price.amount': { type: expect.stringMatching(/^sha256:/) as string } } });
  });
});
