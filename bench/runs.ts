// `deploy-wizard runs` over years of journals against a bare Node, and what the first listing costs, which makes the index.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeLine, GENESIS, lineHash } from '../src/engine/journal.js';
import type { RunEvent } from '../src/engine/event.js';

/** Writes as many journals as asked, one run an hour, each with the files that lie beside it. */
export function writeJournals(folder: string, amount: number): void {
  for (let index = 0; index < amount; index += 1) {
    const run = (0x10000000 + index).toString(16);
    const start = Date.parse('2024-01-01T00:00:00Z') + index * 3_600_000;
    const at = (second: number): string => new Date(start + second * 1000).toISOString();
    const base = join(folder, `${at(0).slice(0, 10)}-orders-staging-${run}`);
    const lines: string[] = [];
    for (const event of eventsOf(run, index, at)) lines.push(encodeLine(event, lines.length === 0 ? GENESIS : lineHash(lines.at(-1) ?? '')));
    writeFileSync(`${base}.journal.jsonl`, lines.map((line) => `${line}\n`).join(''));
    for (const suffix of ['md', 'json', 'html']) writeFileSync(`${base}.${suffix}`, '');
  }
}

function eventsOf(run: string, index: number, at: (second: number) => string): RunEvent[] {
  const steps = Object.fromEntries(Array.from({ length: 30 }, (_, step) => [`step-${step}`, 'ab'.repeat(32)]));
  return [
    { seq: 1, at: at(0), type: 'run.started', journal: 1, version: '0.1.0', run, mode: index % 2 === 0 ? 'rehearsal' : 'run', guide: { id: 'orders', title: 'Notes on orders', path: 'guides/orders.md', sha256: 'cd'.repeat(32) }, environment: 'staging', protected: false, operator: 'dana', host: 'bastion', privacy: 'full', ledger: true, salt: 'salt', window: null, steps, rehearsal: null },
    { seq: 2, at: at(1), type: 'target.identified', target: { identity: '7412/16384', database: 'shop', server: 'db:5432', version: '17.4', major: 17, role: 'deployer', superuser: false, standby: false, pooled: false, tls: 'TLSv1.3' } },
    { seq: 3, at: at(90), type: 'run.finished', run, outcome: 'passed', exitCode: 0, problem: null, log: null },
  ];
}

/** Medians over `rounds`: wall time as a multiple of `node -e 0`, and milliseconds of processor time (user and system). */
export function benchRuns(main: string, amount = 5000, rounds = 9): Record<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-runs-'));
  const cost = (args: string[]): { wall: number; cpu: number } => {
    const start = performance.now();
    const ended = spawnSync('/bin/sh', ['-c', '"$@" >/dev/null; times', 'sh', process.execPath, ...args], { encoding: 'utf8' });
    if (ended.status !== 0) throw new Error(ended.stderr);
    return { wall: performance.now() - start, cpu: childTime(ended.stdout) };
  };
  const middle = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
  const many = (args: string[]): { wall: number; cpu: number } => {
    const each = Array.from({ length: rounds }, () => cost(args));
    return { wall: middle(each.map((one) => one.wall)), cpu: middle(each.map((one) => one.cpu)) };
  };
  try {
    writeJournals(folder, amount);
    const list = [main, 'runs', '--logs', folder];
    const first = cost(list);
    const bare = many(['-e', '0']);
    const indexed = many(list);
    return { journals: amount, 'wall / node -e 0': Number((indexed.wall / bare.wall).toFixed(2)), wallMs: Math.round(indexed.wall), cpuMs: Math.round(indexed.cpu), firstCpuMs: Math.round(first.cpu) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Processor time of the shell's children, from the second line of `times`: `0m0.120s 0m0.030s`. */
function childTime(text: string): number {
  const [, children = ''] = text.trim().split('\n');
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes = '0', seconds = '0']) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
}

if (process.argv[1]?.includes('bench/runs')) process.stdout.write(`${JSON.stringify(benchRuns(join(import.meta.dirname, '../dist/main.js')), null, 2)}\n`);
