// Ratios against the bare runtime or the plain way, in one run, as JSON: npm run bench
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Terminal } from '../test/support/terminal.js';
import { benchCompile } from './compile.js';
import { benchRuns } from './runs.js';
import { benchStatements } from './statements.js';

const root = resolve(import.meta.dirname, '..');
const main = join(root, 'dist/main.js');
const ROUNDS = 9;

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Median wall time of a command, in milliseconds. */
function timed(args: string[], rounds = ROUNDS): number {
  return median(Array.from({ length: rounds }, () => {
    const start = performance.now();
    spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
    return performance.now() - start;
  }));
}

async function firstFrame(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const t = new Terminal(`'${process.execPath}' '${main}'`, { cwd: root });
    await t.see('Choose a guide');
    times.push(performance.now() - start);
    t.close();
  }
  return median(times);
}

/** Sum of the measured steps of the passes of one rehearsal: server and snapshots aside. */
function rehearsal(): { forward: number; whole: number } {
  const logs = mkdtempSync(join(tmpdir(), 'bench-'));
  const ended = spawnSync(process.execPath, [main, 'rehearse', 'role-and-ai-usage', '--headless', '--yes', '--json', '--logs', logs], { cwd: root, encoding: 'utf8' });
  const events = ended.stdout.trim().split('\n').map((line) => JSON.parse(line) as { type: string; at: string; stage?: string });
  const at = (index: number): number => Date.parse(events[index]?.at ?? '');
  const stage = (name: string): number => at(events.findIndex((event) => event.type === 'stage.entered' && event.stage === name));
  return { forward: stage('rollback') - stage('forward'), whole: at(events.length - 1) - stage('forward') };
}

/** Figures of the screens, from a process of their own: React's faster build, and a heap that can be collected. */
function screens(): unknown {
  const ended = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', 'bench/screens.tsx'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } });
  return JSON.parse(ended.stdout.slice(ended.stdout.indexOf('{\n')));
}

const bare = timed(['-e', '0']);
const help = timed([main, '--help']);
const frame = await firstFrame();
const one = rehearsal();
const result = {
  node: process.version,
  'help / node -e 0': Number((help / bare).toFixed(2)),
  'first frame / node -e 0': Number((frame / bare).toFixed(2)),
  'rehearsal with both rollbacks / way forward': Number((one.whole / one.forward).toFixed(2)),
  statements: await benchStatements(),
  screens: screens(),
  'list of runs': benchRuns(main),
  compile: benchCompile(),
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
process.exit(0);
