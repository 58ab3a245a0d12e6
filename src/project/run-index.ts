import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { evidenceSchema, outcomeSchema, modeSchema } from '../engine/event.js';
import type { RunState, StepState } from '../engine/state.js';
import { journalPaths, openJournal } from './journals.js';
import type { RunFiles } from './run-files.js';

/** What the list of runs shows of one run; also the evidence that a rehearsal gives. */
export const runEntrySchema = z.object({
  run: z.string(), mode: modeSchema, guide: z.string(), title: z.string(), sha256: z.string(), environment: z.string(), operator: z.string(),
  database: z.string().nullable(), major: z.number().nullable(), startedAt: z.string(), finishedAt: z.string().nullable(), outcome: outcomeSchema.nullable(),
  exitCode: z.number().nullable(), journal: z.string(), bytes: z.number(),
  /** Hash of every step, and how long each took (ms), forward and back. */
  steps: z.record(z.string(), z.string()), durations: z.record(z.string(), z.number()), log: z.string(),
  /** Tables that each step reads from end to end or writes anew, as its rehearsal saw. */
  tables: z.record(z.string(), z.array(z.string())).optional(),
  evidence: evidenceSchema.nullable().optional(),
});
export type RunEntry = z.infer<typeof runEntrySchema>;

const INDEX = '.runs.jsonl';

/** The entry of a run, from its state. `bytes` is the journal's size: a cheap sign that the entry is stale. */
export function entryOf(state: RunState, files: RunFiles): RunEntry {
  const durations = durationsOf(state);
  return {
    run: state.run, mode: state.mode, guide: state.guide.id, title: state.guide.title, sha256: state.guide.sha256, environment: state.environment, operator: state.operator,
    database: state.target?.database ?? null, major: state.target?.major ?? null, startedAt: state.startedAt, finishedAt: state.finishedAt, outcome: state.outcome,
    exitCode: state.exitCode, journal: basename(files.journal), bytes: sizeOf(files.journal), steps: state.stepHashes, durations, log: basename(files.markdown), tables: tablesOf(state), evidence: state.evidence,
  };
}

/** Milliseconds that each step took, forward and back. */
export function durationsOf(state: RunState): Record<string, number> {
  return Object.fromEntries(bothWays(state).map(([id, step]) => [id, step.durationMs ?? 0]));
}

/** Tables that each step read from end to end or wrote anew, forward and back, where that was traced. */
export function tablesOf(state: RunState): Record<string, string[]> {
  const found = bothWays(state).map(([id, step]): [string, string[]] => [id, [...new Set(step.statements.flatMap((one) => one.scans ?? []))]]);
  return Object.fromEntries(found.filter(([, tables]) => tables.length > 0));
}

function bothWays(state: RunState): [string, StepState][] {
  return ['forward', 'rollback'].flatMap((pass) => Object.entries(state.passes[pass] ?? {}));
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/** Adds or renews a run's entry. The index can be rebuilt, so a failure to write it is not one of the run. */
export function noteRun(folder: string, state: RunState, files: RunFiles): void {
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, INDEX), `${JSON.stringify(entryOf(state, files))}\n`, { mode: 0o600 });
  } catch {
    // The next listing reads the journal itself.
  }
}

/** Every run of a folder, oldest first. Reads only journals that the index does not know or that grew since. */
export function listRuns(folder: string): RunEntry[] {
  const known = readIndex(folder);
  const entries: RunEntry[] = [];
  let stale = 0;
  for (const path of journalPaths(folder)) {
    const indexed = known.get(basename(path));
    if (indexed && indexed.bytes === sizeOf(path)) { entries.push(indexed); continue; }
    stale += 1;
    try {
      const { state, files } = openJournal(path);
      entries.push(entryOf(state, files));
    } catch {
      // Not a journal of ours, or one torn in its first line: `log` and `resume` say more.
    }
  }
  if (stale > 0 || known.size > entries.length * 2) rebuild(folder, entries);
  return entries.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

function readIndex(folder: string): Map<string, RunEntry> {
  const path = join(folder, INDEX);
  const known = new Map<string, RunEntry>();
  if (!existsSync(path)) return known;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue;
    try {
      const entry = JSON.parse(line) as RunEntry;
      if (typeof entry.journal === 'string' && typeof entry.bytes === 'number') known.set(entry.journal, entry);
    } catch {
      // A torn line: its run is read from the journal.
    }
  }
  return known;
}

function rebuild(folder: string, entries: readonly RunEntry[]): void {
  try {
    writeFileAtomic.sync(join(folder, INDEX), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o600 });
  } catch {
    // A read-only folder: listing still works.
  }
}
