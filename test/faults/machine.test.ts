import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { folder, logOf, main, wizard, type Ended } from '../cli/support.js';
import { report } from './report.js';
import { compareHeld, lending } from './reused.js';
import { tryAll, world, type Trial, type World } from './trial.js';
import { endWalks, type Walked } from './walking.js';

afterAll(endWalks);

/** What reaches the world outside but the run's own files; a copy of the journal that is complete changes nothing. */
const FURTHER = new Set(['statement', 'COMMIT', 'record', 'shell']);

/** From one effect on nothing more can be written to the disk. */
function full(at: number, name: string): Trial {
  const stops = ({ code, err, effects }: Walked): string[] => [
    ...(code === 0 ? ['lost: the run did not stop'] : []),
    ...(/ENOSPC|no space left/.test(err) ? [] : [`lost: the message does not say why: ${err.slice(-300)}`]),
    ...effects.slice(effects.findIndex((one) => one.full) + 1).filter((one) => FURTHER.has(one.kind)).map((one) => `twice: it went on with ${one.kind} ${one.text}`),
  ];
  return { name, die: { at, when: 'full' }, holds: stops, tells: () => [/ended without a word/] };
}

/** Runs the program itself on a guide, with or without a module that breaks something of its machine. */
async function run({ guide, cwd }: World, url: string, logs: string, module?: string): Promise<Ended> {
  const ended = await execa(process.execPath, [...(module === undefined ? [] : ['--import', join(import.meta.dirname, module)]), main, 'run', guide, '--database', url, '--headless', '--yes', '--logs', logs], { cwd, reject: false, stdin: 'ignore' });
  return { code: ended.exitCode ?? -1, out: ended.stdout, err: ended.stderr };
}

describe('a disk that is full', () => {
  it('stops the run before its next effect, at every line of the journal and every other file; it goes on when there is room', async () => {
    const calm = await world({}, {}, 0);
    const places = calm.effects.flatMap(({ kind, text }, index) => (kind === 'journal' || kind === 'file' && text !== '.runs.jsonl' ? [full(index + 1, `${index + 1}, ${kind} ${text}`)] : []));
    expect(await tryAll('disk full at a line of the journal or a file', calm, places)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('stops a run on a real file system of 8 KiB', async () => {
    const calm = await world({}, {}, 0);
    const database = await lending.borrow();
    const logs = join(folder(), 'small');
    mkdirSync(logs);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', logs]);
    try {
      const ended = await run(calm, database.url, logs);
      expect(ended.code).not.toBe(0);
      expect(ended.err).toMatch(/ENOSPC|no space left/);
      execFileSync('mount', ['-o', 'remount,size=8m', logs]);
      const end = await wizard(['resume', '--database', database.url, '--headless', '--yes', '--logs', logs], { cwd: calm.cwd });
      expect(end.code, end.err).toBe(0);
      expect(await database.holds()).toEqual(calm.wanted);
      expect(await database.applied()).toEqual(calm.applied);
    } finally {
      // Lazily: the process that ran the program lives on, and may hold a file that it could not write.
      execFileSync('umount', ['-l', logs]);
      await lending.giveBack(database);
    }
  });
});

describe('a clock that goes backwards', () => {
  it('changes neither the order of the journal nor what is applied, and no duration is negative', async () => {
    const calm = await world({}, {}, 0);
    const database = await lending.borrow();
    const logs = folder();
    const ended = await run(calm, database.url, logs, 'clock-back.mjs');
    expect(ended.code, ended.err).toBe(0);
    const { missing, more } = compareHeld(calm.wanted, await database.holds());
    const applied = await database.applied() ?? [];
    const lines = readFileSync(join(logs, readdirSync(logs).find((name) => name.endsWith('.journal.jsonl')) ?? ''), 'utf8').trim().split('\n');
    report({ fault: 'clock going backwards', boundaries: lines.length, lost: missing.length > 0 ? 1 : 0, twice: Math.max(0, applied.length - (calm.applied?.length ?? 0)), unknown: 0 });
    expect({ missing, more }).toEqual({ missing: [], more: [] });
    expect(applied).toEqual(calm.applied);
    await lending.giveBack(database);
    const log = logOf(logs);
    expect(Math.min(log.durationMs ?? 0, ...log.steps.map((step) => step.durationMs ?? 0))).toBeGreaterThanOrEqual(0);
    expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(lines.map((_, index) => index + 1));
    expect((await wizard(['log', log.run, '--logs', logs, '--verify'])).code).toBe(0);
  });
});
