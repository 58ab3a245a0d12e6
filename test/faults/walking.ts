import { writeFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { execa } from 'execa';
import { compilePath } from '../../src/project/guides.js';
import { root } from '../cli/support.js';

/** One command of one run. `die`: at which of its effects, and on which side of it. */
export interface Job { command: 'run' | 'resume' | 'rollback'; argument: string | null; flags: Record<string, unknown>; die?: Death }
export interface Death { at: number; when: 'before' | 'torn' | 'after' }
export interface Effect { kind: 'journal' | 'file' | 'statement' | 'COMMIT' | 'ledger' | 'record' | 'shell'; text: string }
export interface Walked { code: number | null; err: string; effects: Effect[] }

/**
 * The program's own commands, for guides that were compiled before: many runs in one process, each with its own
 * connections, journal and files. What dies a hundred times needs neither grammar nor screens.
 */
const ENTRY = `
import { current, within } from './test/faults/effects.mjs';
import { runCommand } from './src/commands/run.js';
import { resumeCommand } from './src/commands/resume.js';
import { rollbackCommand } from './src/commands/rollback.js';
import { ProblemError, explainProblem } from './src/text/problem.js';
import { readFileSync, writeFileSync } from 'node:fs';
const commands = { run: runCommand, resume: resumeCommand, rollback: rollbackCommand };
const { jobs, results } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const told = process.stderr.write.bind(process.stderr);
process.stderr.write = (text, ...rest) => { const run = current(); if (run) { run.err = (run.err ?? '') + text; return true; } return told(text, ...rest); };
process.setMaxListeners(0);
process.on('unhandledRejection', () => undefined);
const code = async (job) => {
  try {
    return await commands[job.command](job.argument ?? undefined, job.flags);
  } catch (error) {
    if (!(error instanceof ProblemError)) { process.stderr.write(String(error.stack)); return 1; }
    process.stderr.write(explainProblem(error.problem));
    return error.exitCode;
  }
};
Promise.all(jobs.map(async (job) => {
  const { run, done } = within(job.die ?? null, () => code(job));
  const how = await Promise.race([done, run.gone.then(() => null)]);
  return { code: how, err: run.err ?? '', effects: run.effects };
})).then((all) => {
  writeFileSync(results, JSON.stringify(all));
  if (jobs.some((job) => job.die)) process.kill(process.pid, 'SIGKILL');
});
`;
const COMPILED = `
import { readFileSync } from 'node:fs';
export const compileForRun = async (argument) => JSON.parse(readFileSync(argument + '.graph.json', 'utf8'));
export const textOf = () => '';
`;
const NO_SCREENS = "export const screenFrontEnd = () => { throw new Error('no screens here'); };";

/** What a run sees of the catalog for its proof and evidence is read only, and a test of its own; here it is most of the time. */
const NO_CATALOG = `
const nothing = { major: 17, objects: {}, tables: {}, notCompared: [] };
export const snapshotDatabase = async () => nothing;
export const snapshotsOf = () => ({ take: async () => nothing, close: async () => undefined });
`;

let made: Promise<string> | undefined;

/** Compiles a guide for it. */
export async function compiled(guide: string): Promise<void> {
  writeFileSync(`${guide}.graph.json`, JSON.stringify(await compilePath(guide)));
}

/** Walks all of them at once in one process; where one of them dies, all of them do, by one SIGKILL. */
export async function walk(jobs: readonly Job[], options: { cwd?: string } = {}): Promise<Walked[]> {
  made ??= bundle();
  const bundled = await made;
  const folder = mkdtempSync(join(tmpdir(), 'walking-'));
  const [given, results] = [join(folder, 'jobs.json'), join(folder, 'results.json')];
  writeFileSync(given, JSON.stringify({ jobs, results }));
  const ended = await execa(process.execPath, [bundled, given], { cwd: options.cwd ?? folder, env: { DEPLOY_WIZARD_OPERATOR: 'operator' }, reject: false, stdin: 'ignore' });
  const killed = jobs.some((job) => job.die !== undefined);
  if (killed ? ended.signal !== 'SIGKILL' : ended.exitCode !== 0) throw new Error(`the process ended with ${String(ended.exitCode ?? ended.signal)}: ${ended.stderr}`);
  return JSON.parse(readFileSync(results, 'utf8')) as Walked[];
}

async function bundle(): Promise<string> {
  const out = join(mkdtempSync(join(tmpdir(), 'walking-')), 'walk.cjs');
  await build({
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' }, outfile: out, bundle: true, format: 'cjs', platform: 'node', target: 'node20', keepNames: true,
    logLevel: 'error', mainFields: ['module', 'main'], external: ['pg-native'], supported: { 'dynamic-import': false },
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'src/main.ts')).href) },
    plugins: [{ name: 'without', setup(one) {
      one.onLoad({ filter: /src\/commands\/compile\.ts$/ }, () => ({ contents: COMPILED, loader: 'ts', resolveDir: root }));
      one.onLoad({ filter: /src\/commands\/screen-front-end\.ts$/ }, () => ({ contents: NO_SCREENS, loader: 'ts' }));
      one.onLoad({ filter: /src\/rehearsal\/snapshot-database\.ts$/ }, () => ({ contents: NO_CATALOG, loader: 'ts' }));
    } }],
  });
  return out;
}
