import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { compilePath } from '../../src/project/guides.js';
import { root } from '../cli/support.js';

/** One command of one run. `die`: at which of its effects, and how. `says`: what its person answers where a step is in doubt or failed; several: one after the other. */
export interface Job { command: 'run' | 'resume' | 'rollback'; argument: string | null; flags: Record<string, unknown>; die?: Death; says?: Record<string, Said | Said[]> }
type Said = 'retry' | 'tolerate' | 'skip';
/** `at`: the effect's number, or what its kind and text hold. `full`: it does not die, but its disk is full from there on, and the effect that found it so is marked. */
export interface Death { at: number | string; when: 'before' | 'torn' | 'after' | 'full' }
export interface Effect { kind: 'journal' | 'file' | 'statement' | 'COMMIT' | 'ledger' | 'record' | 'shell'; text: string; full?: true }
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
import { HeadlessOperator } from './src/headless/operator.js';
import { ProblemError, explainProblem } from './src/text/problem.js';
import { writeFileSync } from 'node:fs';
const commands = { run: runCommand, resume: resumeCommand, rollback: rollbackCommand };
const told = process.stderr.write.bind(process.stderr);
process.stderr.write = (text, ...rest) => { const run = current(); if (run) { run.err = (run.err ?? '') + text; return true; } return told(text, ...rest); };
process.setMaxListeners(0);
process.on('unhandledRejection', () => undefined);
const { ask } = HeadlessOperator.prototype;
HeadlessOperator.prototype.ask = async function (question) {
  const said = question.kind === 'failure' ? current().says?.[question.step] : undefined;
  const choice = Array.isArray(said) ? said.shift() : said;
  return choice === undefined ? ask.call(this, question) : { kind: 'failure', choice, reason: 'looked at the database' };
};
const code = async (job) => {
  try {
    return await commands[job.command](job.argument ?? undefined, job.flags);
  } catch (error) {
    if (!(error instanceof ProblemError)) { process.stderr.write(String(error.stack)); return 1; }
    process.stderr.write(explainProblem(error.problem));
    return error.exitCode;
  }
};
process.on('message', async ({ jobs, cwd, results, cache }) => {
  process.chdir(cwd);
  const all = await Promise.all(jobs.map(async (job) => {
    const { run, done } = within(job.die ?? null, async () => { current().says = job.says; return code(job); });
    const how = await Promise.race([done, run.gone.then(() => null)]);
    return { code: how, err: run.err ?? '', effects: run.effects };
  }));
  writeFileSync(results, JSON.stringify(all));
  if (all.some((one) => one.code === null)) process.kill(process.pid, 'SIGKILL');
  if (cache !== null) writeFileSync(cache, walkingScript.createCachedData());
  process.send('done');
});
process.on('disconnect', () => process.exit());
`;
/** Starts it with what the compiler of an earlier process has made of it: of all that a run calls. */
const START = `
const { existsSync, readFileSync } = require('node:fs');
const { Script } = require('node:vm');
const [file, cache] = ['/walk.cjs', '/walk.cache'].map((name) => __dirname + name);
globalThis.walkingScript = new Script('(function (exports, require, module, __filename, __dirname) {' + readFileSync(file, 'utf8') + '\\n})', { filename: file, cachedData: existsSync(cache) ? readFileSync(cache) : undefined });
walkingScript.runInThisContext()(exports, require, module, __filename, __dirname);
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
const idle: ChildProcess[] = [];

/** Compiles a guide for it. */
export async function compiled(guide: string): Promise<void> {
  writeFileSync(`${guide}.graph.json`, JSON.stringify(await compilePath(guide)));
}

/** Walks all of them at once in one process; where any of them dies, all of them do, by one SIGKILL. */
export async function walk(jobs: readonly Job[], cwd: string): Promise<Walked[]> {
  if (jobs.length === 0) return [];
  made ??= bundle();
  const bundled = await made;
  // One that has walked before is warm, and too good to be killed.
  const doomed = jobs.some((job) => job.die !== undefined && job.die.when !== 'full');
  const child = (doomed ? undefined : idle.pop()) ?? fork(bundled, { env: { ...process.env, DEPLOY_WIZARD_OPERATOR: 'operator' }, execArgv: [] });
  const own = mkdtempSync(join(tmpdir(), 'walking-'));
  const results = join(own, 'results.json');
  const cache = join(dirname(bundled), 'walk.cache');
  const compiles = !doomed && !existsSync(cache);
  const ended = await new Promise<string>((resolve) => {
    child.once('message', () => resolve('done'));
    child.once('exit', (code, signal) => resolve(String(signal ?? code)));
    child.send({ jobs, cwd, results, cache: compiles ? join(own, 'walk.cache') : null });
  });
  child.removeAllListeners();
  if (ended !== 'done' && ended !== 'SIGKILL') throw new Error(`the process ended with ${ended}`);
  if (ended === 'done') idle.push(child);
  if (compiles) renameSync(join(own, 'walk.cache'), cache);
  return JSON.parse(readFileSync(results, 'utf8')) as Walked[];
}

/** Ends the processes that wait for more. */
export function endWalks(): void {
  for (const child of idle.splice(0)) child.disconnect();
}

/** Made by the first file that walks, for the others of this run too: the folder for temporary files is the run's own. */
async function bundle(): Promise<string> {
  const shared = join(tmpdir(), 'walking');
  const start = join(shared, 'start.cjs');
  if (existsSync(shared)) return start;
  const made = mkdtempSync(join(tmpdir(), 'walking-'));
  await build({
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' }, outfile: join(made, 'walk.cjs'), bundle: true, format: 'cjs', platform: 'node', target: 'node20', minifySyntax: true, minifyWhitespace: true,
    logLevel: 'error', mainFields: ['module', 'main'], external: ['pg-native'], supported: { 'dynamic-import': false },
    define: { Response: 'undefined', 'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'src/main.ts')).href) },
    plugins: [{ name: 'without', setup(one) {
      one.onLoad({ filter: /src\/commands\/compile\.ts$/ }, () => ({ contents: COMPILED, loader: 'ts', resolveDir: root }));
      one.onLoad({ filter: /src\/commands\/screen-front-end\.ts$/ }, () => ({ contents: NO_SCREENS, loader: 'ts' }));
      one.onLoad({ filter: /src\/rehearsal\/snapshot-database\.ts$/ }, () => ({ contents: NO_CATALOG, loader: 'ts' }));
    } }],
  });
  writeFileSync(join(made, 'start.cjs'), START);
  try {
    renameSync(made, shared);
  } catch {
    // Another file was quicker.
  }
  return start;
}
