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
  /** Names of the journal and the Markdown log in their folder, and the journal's size: a cheap sign that the entry is stale. */
  journal: string; bytes: number; log: string;
  /** Follow-ups that are not done; absent where only log or guide could tell. */
  followUps?: FollowUp[];
}

const INDEX = '.runs.jsonl';
/** Each line starts with the index's version. Lines of another one are not read, so that their runs are listed anew. */
const START = '{"index":2,';

/** The entry of a run, from its state. */
export function entryOf(state: RunState, files: RunFiles): RunEntry {
  return {
    run: state.run, mode: state.mode, guide: state.guide.id, title: state.guide.title, sha256: state.guide.sha256, environment: state.environment, operator: state.operator,
    database: state.target?.database ?? null, major: state.target?.major ?? null, startedAt: state.startedAt, updatedAt: state.updatedAt, finishedAt: state.finishedAt, outcome: state.outcome,
    exitCode: state.exitCode, journal: basename(files.journal), bytes: sizeOf(files.journal), log: basename(files.markdown),
  };
}

/** Size of a file; 0 for one that is not there. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** What can be told from the rest is left out of the line. */
function lineOf({ log, updatedAt, ...entry }: RunEntry): string {
  return `${START}${JSON.stringify({ ...entry, ...(updatedAt === entry.finishedAt ? {} : { updatedAt }), ...(log === logBeside(entry.journal) ? {} : { log }) }).slice(1)}\n`;
}

function logBeside(journal: string): string {
  return `${journal.slice(0, -'.journal.jsonl'.length)}.md`;
}

/** Adds or renews a run's entry. The index can be rebuilt, so a failure to write it is not one of the run. */
export function noteRun(folder: string, state: RunState, files: RunFiles, followUps: readonly FollowUp[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, INDEX), lineOf({ ...entryOf(state, files), followUps: followUps.filter((one) => !one.done) }), { mode: 0o600 });
  } catch {
    // The next listing reads the journal itself.
  }
}

/** Every run of a folder, oldest first. Reads only journals that the index does not know or that changed since. */
export async function listRuns(folder: string): Promise<RunEntry[]> {
  const known = readIndex(folder);
  const entries: RunEntry[] = [];
  const stale: string[] = [];
  for (const name of journalNames(folder)) {
    const indexed = known.get(name);
    if (indexed && indexed.bytes === sizeOf(`${folder}/${name}`)) entries.push(indexed);
    else stale.push(name);
  }
  if (stale.length > 0) entries.push(...await readStale(folder, stale));
  if (stale.length > 0 || known.size > entries.length * 2) await writeIndex(folder, entries);
  return entries.sort((a, b) => (a.startedAt < b.startedAt ? -1 : Number(a.startedAt > b.startedAt)));
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

function journalNames(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.journal.jsonl')) : [];
}

/** The run that `resume` without a name means: the newest unfinished one; null for none. */
export async function newestOpenRun(folder: string): Promise<RunEntry | null> {
  const open = (await listRuns(folder)).filter((one) => one.mode === 'run' && isOpen(one));
  return open.reduce<RunEntry | null>((newest, one) => (newest !== null && newest.updatedAt > one.updatedAt ? newest : one), null);
}

/** Whether a run can be gone on with. */
export function isOpen({ outcome }: Pick<RunEntry, 'outcome'>): boolean {
  // One that was refused or lost its connection on the way is open too.
  return outcome !== 'passed' && outcome !== 'rolled back';
}

function readIndex(folder: string): Map<string, RunEntry> {
  const path = join(folder, INDEX);
  const known = new Map<string, RunEntry>();
  if (!existsSync(path)) return known;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    // The start tells the version: a long line of another one is not even parsed.
    if (!line.startsWith(START)) continue;
    try {
      const entry = JSON.parse(`{${line.slice(START.length)}`) as RunEntry;
      if (typeof entry.journal !== 'string' || typeof entry.bytes !== 'number') continue;
      entry.updatedAt ??= entry.finishedAt ?? entry.startedAt;
      entry.log ??= logBeside(entry.journal);
      known.set(entry.journal, entry);
    } catch {
      // A torn line: its run is read from the journal.
    }
  }
  return known;
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
