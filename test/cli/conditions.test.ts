import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownDatabase } from '../support/own-database.js';
import { folder, guideFile, wizard } from './support.js';

const own = ownDatabase('CREATE TABLE note (id int)');
const ids = async (): Promise<number[]> => (await own.client.query<{ id: number }>('SELECT id FROM note ORDER BY id')).rows.map((row) => row.id);

it('a condition on a parameter asks for it: nothing is left out because nobody was asked yet', async () => {
  const guide = guideFile('# Sample\n\n## Deployment\n\n```sql id=there when="region = eu"\nINSERT INTO note VALUES (1);\n```\n\n```sql id=elsewhere when="region = us"\nINSERT INTO note VALUES (2);\n```\n', 'guide: sample\nparameters:\n  region: { type: text }\n');
  const ended = await wizard(['run', guide, '--database', own.url, '--headless', '--logs', folder(), '--param', 'region=eu']);
  expect(ended.code, ended.err).toBe(0);
  expect(await ids()).toEqual([1]);
  const unsaid = await wizard(['run', guide, '--database', own.url, '--headless', '--logs', folder()]);
  expect(unsaid.code).toBe(4);
  expect(unsaid.err).toContain('region');
});

it('a condition on a value that the journal holds masked leaves no step out after a resume: the value is wanted', async () => {
  const cwd = folder();
  const logs = folder();
  writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'environments:\n  staging:\n    privacy: safe\n');
  writeFileSync(join(cwd, 'guide.md'), "---\nguide: sample\n---\n# Sample\n\n## Deployment\n\n```sql id=look capture=\"found\"\nSELECT 'yes';\n```\n\n- [ ] Looked at it\n\n```sql id=add when=\"found = yes\"\nINSERT INTO note VALUES (1);\n```\n");
  const flags = ['--database', own.url, '--headless', '--logs', logs];
  expect((await wizard(['run', 'guide.md', '--env', 'staging', ...flags], { cwd })).code).toBe(4);
  const unsaid = await wizard(['resume', '--yes', ...flags], { cwd });
  expect(unsaid.code).toBe(4);
  expect(unsaid.err).toContain('--param found=VALUE');
  expect((await wizard(['resume', '--yes', '--param', 'found=yes', ...flags], { cwd })).code).toBe(0);
  expect(await ids()).toEqual([1]);
});
