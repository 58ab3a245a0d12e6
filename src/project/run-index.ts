import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Mode, Outcome } from '../engine/event.js';
import type { RunState } from '../engine/state.js';
import type { FollowUp } from '../log/follow-ups.js';
import type { RunFiles } from './run-files.js';

/**
 * What lists of runs show of one run: one line of the index. Kept small, for
 * years of runs are read at once; what a gate or a forecast needs besides is
 * read from the one journal it looks at (run-details.ts).
 */
export interface RunEntry {
  run: string; mode: Mode; guide: string; title: string; sha256: string; environment: string; operator: string;
  database: string | null; major: number | null; startedAt: string; updatedAt: string; finishedAt: string | null; outcome: Outcome | null; exitCode: number | null;
  /** Names of the journal and the Markdown log in their folder, and the journal's size: of a run that may go on, a cheap sign that the entry is stale. */
  journal: string; bytes: number; log: string;
  /** Follow-ups that are not done; absent where only log or guide could tell. */
  followUps?: FollowUp[] | undefined;
}

const INDEX = '.runs.jsonl';
/** Size of a journal that grows. */
const UNKNOWN = -1;
const CHANGED = 'folder ';
/** Each line starts with the index's version. Lines of another one are not read, so that their runs are listed anew. */
const START = '[3,';

/** The entry of a run, from its state. */
export function entryOf(state: RunState, files: RunFiles): RunEntry {
  return {
    run: state.run, mode: state.mode, guide: state.guide.id, title: state.guide.title, sha256: state.guide.sha256, environment: state.environment, operator: state.operator,
    database: state.target?.database ?? null, major: state.target?.major ?? null, startedAt: state.startedAt, updatedAt: state.updatedAt, finishedAt: endOf(state), outcome: state.outcome,
    exitCode: state.exitCode, journal: basename(files.journal), bytes: sizeOf(files.journal), log: basename(files.markdown),
  };
}

/** Follow-ups that are walked later do not make a passed run longer. */
function endOf({ outcome, passedAt, finishedAt }: RunState): string | null {
  return outcome === 'passed' ? passedAt ?? finishedAt : finishedAt;
}

/** Size of a file; 0 for one that is not there. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Values without their names, and nothing that can be told from the rest: what is read for years of runs is half as long. */
function lineOf(entry: RunEntry): string {
  const { run, mode, guide, title, sha256, environment, operator, database, major, startedAt, updatedAt, finishedAt, outcome, exitCode, journal, bytes, log, followUps } = entry;
  const seldom = [updatedAt === finishedAt ? null : updatedAt, log === logBeside(journal) ? null : log];
  const values = [run, mode, guide, title, sha256, environment, operator, database, major, startedAt, finishedAt, outcome, exitCode, journal, bytes, followUps ?? null, ...(seldom.some((one) => one !== null) ? seldom : [])];
  return `${START}${JSON.stringify(values).slice(1)}\n`;
}

type Line = [
  3, string, Mode, string, string, string, string, string, string | null, number | null, string, string | null, Outcome | null, number | null, string, number, FollowUp[] | null, (string | null)?, (string | null)?,
];

/** The entry of a line. Throws for one that is torn. */
function entryIn(line: string): RunEntry | null {
  const [, run, mode, guide, title, sha256, environment, operator, database, major, startedAt, finishedAt, outcome, exitCode, journal, bytes, followUps, updatedAt, log] = JSON.parse(line) as Line;
  if (typeof journal !== 'string' || typeof bytes !== 'number') return null;
  return {
    run, mode, guide, title, sha256, environment, operator, database, major, startedAt, updatedAt: updatedAt ?? finishedAt ?? startedAt, finishedAt, outcome, exitCode, journal, bytes, log: log ?? logBeside(journal),
    followUps: followUps ?? undefined,
  };
}

function logBeside(journal: string): string {
  return `${journal.slice(0, -'.journal.jsonl'.length)}.md`;
}

/** Adds or renews a run's entry once it is over. */
export function noteRun(folder: string, state: RunState, files: RunFiles, followUps: readonly FollowUp[]): void {
  addLine(folder, { ...entryOf(state, files), followUps: followUps.filter((one) => !one.done) });
}

/** A run that was over is gone on with: until it is over again, its journal is read. */
export function noteOpened(folder: string, state: RunState, files: RunFiles): void {
  addLine(folder, { ...entryOf(state, files), bytes: UNKNOWN });
}

function addLine(folder: string, entry: RunEntry): void {
  addText(folder, lineOf(entry));
}

/** The index can be rebuilt, so a failure to write it is not one of the run. */
function addText(folder: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, INDEX), text, { mode: 0o600 });
  } catch {
    // The next listing reads the journal itself.
  }
}

/**
 * Every run of a folder, oldest first. Reads only journals that the index does
 * not know or that changed since, and the folder itself only when something in
 * it was made, renamed or removed. `thorough`: of runs that are over, too, the
 * journal's size is compared, as whoever goes on with one of them has to.
 */
export async function listRuns(folder: string, { thorough = false } = {}): Promise<RunEntry[]> {
  const { known, changed: indexedAt } = readIndex(folder);
  const entries: RunEntry[] = [];
  const stale: string[] = [];
  const changed = changeOf(folder);
  const whole = changed !== null && stamp(changed, known.size) === indexedAt;
  const names = whole ? known.keys() : journalNames(folder);
  for (const name of names) {
    const indexed = known.get(name);
    if (indexed && ((!thorough && isSettled(indexed)) || indexed.bytes === sizeOf(`${folder}/${name}`))) entries.push(indexed);
    else stale.push(name);
  }
  if (stale.length > 0) entries.push(...await readStale(folder, stale));
  if (stale.length > 0 || known.size > entries.length) await writeIndex(folder, entries);
  else if (changed !== null && !whole && entries.length > 0) addText(folder, `${CHANGED}${stamp(changed, entries.length)}\n`);
  return entries.sort((a, b) => (a.startedAt < b.startedAt ? -1 : Number(a.startedAt > b.startedAt)));
}

/** Whether nobody writes to a run's journal before its entry says so: asking thousands of files for their size takes longer than all the rest. */
function isSettled({ mode, outcome, bytes }: RunEntry): boolean {
  return bytes !== UNKNOWN && outcome !== null && (mode !== 'run' || outcome === 'passed' || outcome === 'rolled back');
}

/** Reads journals that the index does not know. Their reader is loaded only now: a list from the index needs none. */
async function readStale(folder: string, names: readonly string[]): Promise<RunEntry[]> {
  const { openJournal } = await import('./journals.js');
  return names.flatMap((name) => {
    try {
      const { state, files } = openJournal(join(folder, name));
      return [entryOf(state, files)];
    } catch {
      return []; // Not a journal of ours, or one torn in its first line: `log` and `resume` say more.
    }
  });
}

/** When a file of the folder was last made, renamed or removed: what is appended to one, as to the index, is none of these. */
function changeOf(folder: string): string | null {
  // Where a file stands in the way of the folder there is none, and no run.
  return existsSync(folder) ? (statSync(folder, { throwIfNoEntry: false, bigint: true })?.mtimeNs.toString() ?? null) : null;
}

/** All journals of the folder, so many, were in the index when the folder had changed last at this moment. */
function stamp(changed: string, amount: number): string {
  return `${changed} ${amount}`;
}

function journalNames(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.journal.jsonl')) : [];
}

/** The run that `resume` without a name means: the newest unfinished one; null for none. */
export async function newestOpenRun(folder: string): Promise<RunEntry | null> {
  const open = (await listRuns(folder, { thorough: true })).filter((one) => one.mode === 'run' && isOpen(one));
  return open.reduce<RunEntry | null>((newest, one) => (newest !== null && newest.updatedAt > one.updatedAt ? newest : one), null);
}

/** Whether a run can be gone on with. */
export function isOpen({ outcome }: Pick<RunEntry, 'outcome'>): boolean {
  // One that was refused or lost its connection on the way is open too.
  return outcome !== 'passed' && outcome !== 'rolled back';
}

function readIndex(folder: string): { known: Map<string, RunEntry>; changed: string | null } {
  const path = join(folder, INDEX);
  const known = new Map<string, RunEntry>();
  let changed: string | null = null;
  if (!existsSync(path)) return { known, changed };
  // Read and then decoded: what `readFileSync` does with an encoding takes twice as long for a file of this size.
  for (const line of readFileSync(path).toString().split('\n')) {
    if (line.startsWith(CHANGED)) changed = line.slice(CHANGED.length);
    // The start tells the version: a long line of another one is not even parsed.
    if (!line.startsWith(START)) continue;
    try {
      const entry = entryIn(line);
      if (entry) known.set(entry.journal, entry);
    } catch {
      // A torn line: its run is read from the journal.
    }
  }
  return { known, changed };
}

/** Writes the index anew. A folder that cannot be written is listed all the same. */
export async function writeIndex(folder: string, entries: readonly RunEntry[]): Promise<void> {
  try {
    const { default: writeFileAtomic } = await import('write-file-atomic');
    await writeFileAtomic(join(folder, INDEX), entries.map(lineOf).join(''), { mode: 0o600 });
  } catch {
    // Listed from the journals, every time.
  }
}
