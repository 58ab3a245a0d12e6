import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, describe } from 'vitest';
import { folder, logOf, root } from '../cli/support.js';
import { baseline, END, query, terminal } from '../support/guide-walk.js';
import { following, walkByKeys } from '../support/keys-alone.js';

// A minute is plenty on a machine of one's own; a shared one may be slow.
const WALK_MS = 300_000;

describe('shipped guides with a fault, a rollback and a pause, by keys alone', () => {
  it('migration-framework, on a protected environment: fails, is mended elsewhere, re-checked, and passes', async () => {
    const target = await baseline('migration-framework');
    const project = folder();
    writeFileSync(join(project, 'deploy-wizard.config.yaml'), 'environments:\n  production: { database: env:DATABASE_URL, protected: true }\n');
    await query(target.url, 'CREATE TABLE public.healthcare_share (id int)');
    const t = terminal(`run '${join(root, 'guides/migration-framework.md')}' --env production`, { DATABASE_URL: target.url }, project);
    const rules = following(target.connection.database);
    await walkByKeys(t, rules, /FAILED/);
    await query(target.url, 'DROP TABLE public.healthcare_share');
    await t.pressAndSee('r', /^(?![\s\S]*FAILED)/);
    expect(await walkByKeys(t, rules, END)).toContain('✓ passed');
    await t.pressAndSee('q', /exit=0/);
  }, WALK_MS);

  it('enhanced-schema: rolled back at the sign-off, after its plan was read and the name typed', async () => {
    const target = await baseline('enhanced-schema');
    const logs = folder();
    const tables = "SELECT count(*)::int FROM pg_class WHERE relnamespace = 'public'::regnamespace";
    const before = await query(target.url, tables);
    const t = terminal(`run enhanced-schema --database '${target.url}' --logs '${logs}'`);
    const rules = following(target.connection.database);
    await walkByKeys(t, rules, /who approves\?/);
    expect(await query(target.url, tables)).not.toBe(before);
    // The name's field is open: letters are text until it is closed.
    await t.pressAndSee('\u001b', /enter +type a name/);
    await t.pressAndSee('b', 'Plan of the rollback');
    expect(await walkByKeys(t, rules, END)).toMatch(/rolled back: Permissions/);
    await t.pressAndSee('q', /exit=5/);
    expect(await query(target.url, tables)).toBe(before);
    expect(logOf(logs).rollback?.ran).toBe(true);
  }, WALK_MS);

  it('role-and-ai-usage: left in the middle, and resumed to the sign-off', async () => {
    const target = await baseline('role-and-ai-usage');
    const logs = folder();
    const rules = following(target.connection.database);
    const t = terminal(`run role-and-ai-usage --database '${target.url}' --logs '${logs}'`);
    await walkByKeys(t, [...rules.slice(0, -1)], /003[\s\S]*This step writes/);
    await t.pressAndSee('q', 'Leave?');
    await t.pressAndSee('y', /exit=4/);
    const again = terminal(`resume --database '${target.url}' --logs '${logs}'`);
    expect(await walkByKeys(again, rules, END)).toContain('✓ passed');
    await again.pressAndSee('q', /exit=0/);
    expect(logOf(logs).outcome).toBe('passed');
  }, WALK_MS);
});
