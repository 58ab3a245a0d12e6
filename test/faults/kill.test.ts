import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import type { Snapshot } from '../../src/rehearsal/snapshot/snapshot.js';
import { folder, main } from '../cli/support.js';
import { freshDatabase } from '../support/server.js';
import { report } from './report.js';
import { count, goOn, guide, harm, inParallel, undisturbed } from './undisturbed.js';

const killer = join(import.meta.dirname, 'kill-at.mjs');
/** `torn`: half of the line is there, which resume takes for nothing. Nothing of it at all is tried too where there is time. */
const moments = process.env['FAULT_ROWS'] === undefined ? ['torn', 'after'] as const : ['before', 'torn', 'after'] as const;

it('survives a kill -9 at every journal boundary: nothing lost, nothing applied twice', async () => {
  const { wanted, lines } = await undisturbed();
  expect(lines).toBeGreaterThan(20);
  const cases = Array.from({ length: lines }, (_, index) => moments.map((when) => ({ at: index + 1, when }))).flat();
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
