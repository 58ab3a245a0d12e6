import { expect, it, describe } from 'vitest';
import { folder, logOf } from '../cli/support.js';
import { baseline, END, terminal } from '../support/guide-walk.js';
import { following, walkByKeys } from '../support/keys-alone.js';

// A minute is plenty on a machine of one's own; a shared one may be slow.
const WALK_MS = 300_000;

describe('shipped guides, by keys alone, on a real server', () => {
  it('database-refactoring: from the first question to the sign-off', async () => {
    const target = await baseline('database-refactoring');
    const logs = folder();
    const t = terminal(`run database-refactoring --database '${target.url}' --logs '${logs}'`);
    expect(await walkByKeys(t, following(target.connection.database), END)).toContain('✓ passed');
    await t.pressAndSee('q', /exit=0/);
    expect(logOf(logs).outcome).toBe('passed');
  }, WALK_MS);

  it('settings-administration: from the first question to the log', async () => {
    const target = await baseline('settings-administration');
    const logs = folder();
    const t = terminal(`run settings-administration --database '${target.url}' --logs '${logs}'`);
    expect(await walkByKeys(t, following(target.connection.database), END)).toContain('✓ passed');
    await t.pressAndSee('v', '# ✓ ');
    await t.pressAndSee('v', END);
    await t.pressAndSee('q', /exit=0/);
    expect(logOf(logs).outcome).toBe('passed');
  }, WALK_MS);
});
