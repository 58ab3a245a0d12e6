import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import type { Snapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { folder, main } from '../cli/support.js';
import { freshDatabase } from '../support/server.js';
import { report } from './report.js';
import { count, goOn, guide, harm, inParallel, undisturbed } from './undisturbed.js';

const killer = join(import.meta.dirname, 'kill-at.mjs');
/** Collected for the table: every moment, also those that leave the same world behind as another one. */
const everything = process.env['FAULT_ROWS'] !== undefined;

/** Lines after which something happens outside the journal: statements, COMMIT, a person's answer, the next line's own effects. */
const ACTS = new Set(['run.started', 'step.started', 'statement.finished', 'step.committing', 'item.ticked']);

/**
 * Where the program is killed. `torn`: half of the line is there, which resume takes for nothing, so that `before`
 * is the same case with less to read. `after` a line that nothing follows leaves what `torn` at the next one leaves.
 */
function momentsOf(types: readonly string[]): { at: number; when: string }[] {
  return types.flatMap((type, index) => {
    const at = index + 1;
    const after = everything || ACTS.has(type) || at === types.length ? [{ at, when: 'after' }] : [];
    return [...(everything ? [{ at, when: 'before' }] : []), { at, when: 'torn' }, ...after];
  });
}

it('survives a kill -9 at every journal boundary: nothing lost, nothing applied twice', async () => {
  const { wanted, types } = await undisturbed();
  expect(types.length).toBeGreaterThan(20);
  const cases = momentsOf(types);
  const faults: string[] = [];
  await inParallel(2, cases, async (one) => faults.push(...await survive(one, wanted)));
  report({ fault: 'kill -9 of the wizard', boundaries: cases.length, lost: count(faults, 'lost'), twice: count(faults, 'twice'), unknown: count(faults, 'unknown') });
  expect(faults).toEqual([]);
}, 300_000);

async function survive({ at, when }: { at: number; when: string }, wanted: Snapshot): Promise<string[]> {
  const database = await freshDatabase();
  const logs = folder();
  const name = `line ${at}, ${when}`;
  try {
    const killed = await execa(process.execPath, ['--import', killer, main, 'run', guide, '--database', database.url, '--headless', '--yes', '--logs', logs], {
      env: { KILL_AT: String(at), KILL_WHEN: when }, reject: false, stdin: 'ignore',
    });
    if (killed.exitCode === 0) return [`${name}: was not killed`];
    return await harm(name, database.url, await goOn(database.url, logs), wanted);
  } finally {
    await database.drop();
  }
}
