import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { folder, logOf, main, wizard, type Ended } from '../cli/support.js';
import { freshDatabase } from '../support/server.js';
import { report } from './report.js';
import { count, goOn, guide, harm, inParallel, journalLines, start, undisturbed } from './undisturbed.js';

/** Runs the guide with a module preloaded that breaks something of its machine. */
async function broken(module: string, env: Record<string, string>, url: string, logs: string): Promise<Ended> {
  const ended = await execa(process.execPath, ['--import', join(import.meta.dirname, module), main, 'run', guide, '--database', url, '--headless', '--yes', '--logs', logs], { env, reject: false, stdin: 'ignore' });
  return { code: ended.exitCode ?? -1, out: ended.stdout, err: ended.stderr };
}

describe('a disk that is full', () => {
  it('stops the run before its next effect, wherever in the journal, resumable', async () => {
    const { wanted, lines } = await undisturbed();
    const found: string[] = [];
    // Each line is a boundary; for the table all are tried, in the suite every third.
    const every = process.env['FAULT_ROWS'] === undefined ? 3 : 1;
    const places = Array.from({ length: lines }, (_, index) => index + 1).filter((at) => at % every === 0);
    await inParallel(2, places, async (at) => {
      const database = await freshDatabase();
      const logs = folder();
      const name = `line ${at}`;
      const ended = await broken('full-disk-at.mjs', { FULL_AT: String(at) }, database.url, logs);
      if (ended.code === 0) found.push(`${name}: lost: the run did not stop`);
      if (!/ENOSPC|no space left/.test(ended.err)) found.push(`${name}: lost: the message does not say why: ${ended.err.slice(-300)}`);
      found.push(...await harm(name, database.url, await goOn(database.url, logs), wanted));
      await database.drop();
    });
    report({ fault: 'disk full at a line of the journal', boundaries: places.length, lost: count(found, 'lost'), twice: count(found, 'twice'), unknown: count(found, 'unknown') });
    expect(found).toEqual([]);
  }, 240_000);

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('stops a run on a real file system of 8 KiB', async () => {
    const { wanted } = await undisturbed();
    const database = await freshDatabase();
    const logs = join(folder(), 'small');
    mkdirSync(logs);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', logs]);
    try {
      const ended = await start(database.url, logs);
      expect(ended.code).not.toBe(0);
      expect(ended.err).toMatch(/ENOSPC|no space left/);
      execFileSync('mount', ['-o', 'remount,size=8m', logs]);
      expect(await harm('8 KiB', database.url, await goOn(database.url, logs), wanted)).toEqual([]);
    } finally {
      // Lazily: the process that ran the program lives on, and may hold a file that it could not write.
      execFileSync('umount', ['-l', logs]);
      await database.drop();
    }
  });
});

describe('a clock that goes backwards', () => {
  it('changes neither the order of the journal nor what is applied, and no duration is negative', async () => {
    const { wanted } = await undisturbed();
    const database = await freshDatabase();
    const logs = folder();
    const ended = await broken('clock-back.mjs', {}, database.url, logs);
    const found = await harm('clock', database.url, ended, wanted);
    report({ fault: 'clock going backwards', boundaries: journalLines(logs), lost: count(found, 'lost'), twice: count(found, 'twice'), unknown: count(found, 'unknown') });
    expect(found).toEqual([]);
    const log = logOf(logs);
    expect(Math.min(log.durationMs ?? 0, ...log.steps.map((step) => step.durationMs ?? 0))).toBeGreaterThanOrEqual(0);
    const journal = readdirSync(logs).find((name) => name.endsWith('.journal.jsonl')) ?? '';
    expect(readFileSync(join(logs, journal), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(Array.from({ length: journalLines(logs) }, (_, index) => index + 1));
    expect((await wizard(['log', log.run, '--logs', logs, '--verify'])).code).toBe(0);
  });
});
