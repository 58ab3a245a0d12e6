import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { lineHash, readJournalText } from '../../src/engine/journal.js';
import { headTold } from '../../src/log/journal-head.js';
import { LOG_FORMATS } from '../../src/project/run-files.js';
import { fold } from '../../src/engine/reduce.js';
import type { RunState } from '../../src/engine/state.js';
import { folder } from '../cli/support.js';
import { faultGuide, type Parts } from './guide.js';
import { report } from './report.js';
import { compareHeld, lending, type Lending, type Reused } from './reused.js';
import { compiled, walk, type Death, type Effect, type Job, type Walked } from './walking.js';
import { Wire, type Hooks } from './wire.js';

/** A guide and what comes of it where nothing disturbs it. */
export interface World {
  guide: string; cwd: string; flags: Record<string, unknown>;
  /** Exit code of a run that nothing disturbs, its database, its effects and the messages of each of its connections. */
  ends: number; wanted: string[]; applied: string[] | null; effects: readonly Effect[]; messages: readonly string[][];
}

/** One boundary: what happens there, and what has to be told afterwards. */
export interface Trial {
  name: string;
  die?: Death;
  /** The run goes through a wire that does this to it. */
  wire?(database: Reused): Hooks & { readonly acted: boolean };
  /** Seconds that the run waits for a connection through the wire. */
  patience?: number;
  /** Whether the boundary comes at all is a matter of timing; where it does not, nothing was tried. */
  mayMiss?: boolean;
  /** Before the run, and before it is gone on with. */
  before?(database: Reused): Promise<void>;
  after?(database: Reused): Promise<void>;
  /** What a person answers who looks at what the run left: by step. */
  looks?(database: Reused): Promise<Record<string, 'retry' | 'tolerate'>>;
  /** More that has to hold of the disturbed run, and of what is left at the end; gives what is wrong. */
  holds?(first: Walked): string[];
  ended?(database: Reused): string[];
  /** What the filled log of the end has to say, where a run had begun. */
  tells(left: RunState): RegExp[];
}

const worlds = new Map<string, Promise<World>>();

/** A guide that was run once with nothing in its way. */
export function world(parts: Parts, flags: Record<string, unknown>, ends: number): Promise<World> {
  const key = JSON.stringify([parts, flags]);
  const known = worlds.get(key) ?? undisturbed(parts, flags, ends);
  worlds.set(key, known);
  return known;
}

async function undisturbed(parts: Parts, flags: Record<string, unknown>, ends: number): Promise<World> {
  const { guide, cwd } = faultGuide(parts);
  await compiled(guide);
  const messages: string[][] = [];
  const database = await lending.borrow();
  const wire = await Wire.before(database.connection, { request: (text, line) => { (messages[line.number] ??= []).push(text); } });
  const [calm] = await walk([{ command: 'run', argument: guide, flags: { ...flags, database: wire.url(database.connection), headless: true, yes: true, logs: folder() } }], cwd);
  await wire.close();
  if (calm?.code !== ends) throw new Error(`exit ${calm?.code}, not ${ends}: ${calm?.err}`);
  const known = { guide, cwd, flags, ends, wanted: await database.holds(), applied: await database.applied(), effects: calm.effects, messages };
  await lending.giveBack(database);
  return known;
}

const MISSED = 'never came';
/** So many runs at once in one process: enough to share what it costs to start one. Three connections each, and one of the test's, of the hundred that a server gives. */
export const WIDTH = 16;
/** Of those that wait for something, each on a database of a server with room for all of them. */
export const WAITING = 64;

// A row of many boundaries, on a machine that has other work too.
vi.setConfig({ testTimeout: 900_000 });

interface How {
  /** Where the databases lie. */
  on?: Lending;
  /** How many of them at once. */
  width?: number;
  /** Told how many runs the next batch has. */
  batch?(size: number): void;
}

/** Every boundary in CI and for the table; at the desk those around COMMIT and every twelfth of the others. */
export function sampled<T extends { name: string }>(all: readonly T[]): T[] {
  return all.filter((one, index) => process.env['FAULTS'] === 'all' || all.length < 20 || /\bCOMMIT\b/.test(one.name) || index % 12 === 0);
}

/** Tries each boundary on a database of its own, goes on with what is left, and reports a line; gives what is wrong. */
export async function tryAll(fault: string, of: World, trials: readonly Trial[], how: How = {}): Promise<string[]> {
  const { on = lending, width = WIDTH, batch: told } = how;
  const tried = sampled(trials);
  const wrong: string[] = [];
  for (let at = 0; at < tried.length; at += width) {
    const batch = tried.slice(at, at + width);
    told?.(batch.length);
    wrong.push(...await tryBatch(of, batch, on));
  }
  const count = (kind: string): number => new Set(wrong.filter((one) => one.includes(`: ${kind}: `)).map((one) => one.split(': ')[0])).size;
  const missed = wrong.filter((one) => one.endsWith(MISSED)).length;
  report({ fault, boundaries: tried.length - missed, lost: count('lost'), twice: count('twice'), unknown: count('unknown') });
  return wrong.filter((one) => !one.endsWith(MISSED));
}

interface Begun { trial: Trial; database: Reused; logs: string; wire: Wire | null; hooks: { readonly acted: boolean } | null; job: Job }

async function tryBatch(of: World, batch: readonly Trial[], on: Lending): Promise<string[]> {
  const begun = await Promise.all(batch.map((trial) => begin(of, trial, on)));
  const first = await walk(begun.map((one) => one.job), of.cwd);
  const left = begun.map((one) => stateOf(one.logs));
  const torn = begun.map((one) => tornLogs(one.logs));
  const back = await Promise.all(begun.map(async ({ trial, database, wire, job }, index): Promise<Job | null> => {
    await wire?.close();
    await trial.after?.(database);
    if (first[index]?.code === of.ends) return null;
    const says = await trial.looks?.(database);
    const { die: _, ...again } = { ...job, flags: { ...job.flags, database: database.url }, ...(says ? { says } : {}) };
    return left[index] === null ? again : { ...again, command: 'resume', argument: null };
  }));
  const ended = await walk(back.filter((one) => one !== null), of.cwd);
  const wrong = await Promise.all(begun.map(async (one, index) => {
    const started = first[index] as Walked;
    const end = back[index] === null ? started : ended[back.slice(0, index).filter((other) => other !== null).length] as Walked;
    const faults = [...torn[index] ?? [], ...await judge(of, one, started, end, left[index] ?? null)];
    await on.giveBack(one.database);
    return faults.map((fault) => `${one.trial.name}: ${fault}`);
  }));
  return wrong.flat();
}

async function begin(of: World, trial: Trial, on: Lending): Promise<Begun> {
  const database = await on.borrow();
  await trial.before?.(database);
  const hooks = trial.wire?.(database) ?? null;
  const wire = hooks && await Wire.before(database.connection, hooks);
  const logs = folder();
  const url = wire?.url(database.connection) ?? database.url;
  const flags = { ...of.flags, database: trial.patience === undefined ? url : `${url}&connect_timeout=${trial.patience}`, headless: true, yes: true, logs };
  return { trial, database, logs, wire, hooks, job: { command: 'run', argument: of.guide, flags, ...(trial.die ? { die: trial.die } : {}) } };
}

/** What is wrong with a run that was disturbed and gone on with. `left`: what its journal said in between; null: it had none. */
async function judge(of: World, { trial, database, logs, hooks }: Begun, first: Walked, end: Walked, left: RunState | null): Promise<string[]> {
  const wrong = [...trial.holds?.(first) ?? [], ...trial.ended?.(database) ?? []];
  if (hooks?.acted === false) wrong.push(trial.mayMiss ? MISSED : 'lost: the fault did not come');
  // Disturbed after its last line: the run is over, and there is nothing to go on with.
  const over = left?.outcome != null && /no run to go on with|was rolled back completely/.test(end.err);
  if (end.code !== of.ends && !over) wrong.push(`${/in doubt/.test(end.err) ? 'unknown' : 'lost'}: exit ${end.code} (first ${first.code}): ${end.err.slice(-600)}`);
  const { missing, more } = compareHeld(of.wanted, await database.holds());
  if (missing.length + more.length > 0) wrong.push(`${more.length > missing.length ? 'twice' : 'lost'}: missing ${missing.join('; ')}, too many ${more.join('; ')}`);
  const applied = await database.applied();
  if (applied?.join() !== of.applied?.join()) wrong.push(`${(applied?.length ?? 0) > (of.applied?.length ?? 0) ? 'twice' : 'lost'}: attempts ${applied?.join()}`);
  const log = logIn(logs);
  if (left !== null && !over) wrong.push(...trial.tells(left).filter((what) => !what.test(log)).map((what) => `lost: the log does not tell of it (${what.source}): ${log.slice(log.indexOf('## Incidents')).slice(0, 500)}`));
  return wrong;
}

/** Where a run's journal leaves it; null: it has none, or not its first line. */
function stateOf(logs: string): RunState | null {
  const name = readdirSync(logs).find((one) => one.endsWith('.journal.jsonl'));
  return name === undefined ? null : fold(readJournalText(readFileSync(join(logs, name), 'utf8')).events);
}

/** Of the logs that a disturbed run left: which are not whole, or of another journal. There is one from the first step's end on. */
function tornLogs(logs: string): string[] {
  const journal = readdirSync(logs).find((one) => one.endsWith('.journal.jsonl'));
  if (journal === undefined) return [];
  const { lines, events } = readJournalText(readFileSync(join(logs, journal), 'utf8'));
  return LOG_FORMATS.flatMap((format) => {
    const name = readdirSync(logs).find((one) => one.endsWith(`.${format}`));
    if (name === undefined) return events.filter((event) => event.type === 'step.finished').length > 1 ? [`lost: there is no ${format} log`] : [];
    const text = readFileSync(join(logs, name), 'utf8');
    const head = headTold(format, text);
    const whole = head !== null && lineHash(lines[head.lines - 1] ?? '') === head.sha256 && (format !== 'html' || text.endsWith('</html>\n')) && (format !== 'json' || text.endsWith('\n}\n'));
    return whole ? [] : [`lost: the ${format} log is not whole (${text.length} characters)`];
  });
}

/** The filled logs of a folder. */
export function logIn(logs: string): string {
  return readdirSync(logs).filter((name) => name.endsWith('.md')).map((name) => readFileSync(join(logs, name), 'utf8')).join('\n');
}
