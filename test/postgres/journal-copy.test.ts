import { expect, it } from 'vitest';
import { ownDatabase } from '../support/own-database.js';
import { folder, guideFile, logOf, wizard } from '../cli/support.js';
import { target } from './support.js';

const own = ownDatabase();
const copied = async (): Promise<number[]> => (await own.client.query<{ seq: number }>('SELECT seq FROM deploy_wizard.events ORDER BY seq')).rows.map(({ seq }) => seq);

it('many lines go to the copy in messages that a slow link can carry', async () => {
  const on = await target(own.url);
  await on.useLedger();
  const lines = Array.from({ length: 2000 }, (_, index) => ({ seq: index + 1, line: `{"type":"note.added","text":"${'x'.repeat(200)}"}` }));
  expect(await on.mirror('a1b2c3d4', lines)).toEqual({ end: 2000, missing: null });
  expect(await copied()).toEqual(lines.map(({ seq }) => seq));
  const { rows } = await own.client.query<{ size: number }>('SELECT sum(length(line))::int AS size FROM deploy_wizard.events GROUP BY xmin::text ORDER BY 1 DESC');
  expect(rows[0]?.size).toBeLessThanOrEqual(130_000);
  await on.close();
});

it('a copy that stays behind is told on the screen and in the log, and is whole again once it can be written', async () => {
  const guide = guideFile('# Sample\n\n## Deployment\n\n```sql id=hide\nALTER TABLE deploy_wizard.events RENAME TO hidden;\n```\n\n```sql id=more\nSELECT 1;\n```\n\n- [ ] Looked at it\n');
  const logs = folder();
  const flags = ['--database', own.url, '--headless', '--logs', logs];
  const stopped = await wizard(['run', guide, ...flags]);
  expect(stopped.code, stopped.err).toBe(4);
  expect(stopped.err.match(/! the ledger's copy of the journal lacks the lines from \d+ on \(relation/g)).toHaveLength(2);
  expect(logOf(logs).incidents).toContainEqual(expect.objectContaining({ text: expect.stringContaining('lacks the lines') as string }));
  await own.client.query('ALTER TABLE deploy_wizard.hidden RENAME TO events');
  const ended = await wizard(['resume', '--yes', ...flags]);
  expect(ended.code, ended.err).toBe(0);
  expect(ended.err).not.toContain('lacks');
  const all = await copied();
  expect(all).toEqual(all.map((_, index) => index + 1));
  expect((await own.client.query("SELECT FROM deploy_wizard.events WHERE line LIKE '%run.finished%passed%'")).rowCount).toBe(1);
});
