import { join } from 'node:path';
import type { RunState, StepState } from '../engine/state.js';
import { openJournal } from './journals.js';
import type { RunEntry } from './run-index.js';

/** What a rehearsal proves and measures beyond its line in the list of runs. */
export interface RunDetails {
  /** Hash of every step. */
  steps: Record<string, string>;
  /** Milliseconds that each step took, forward and back. */
  durations: Record<string, number>;
  /** Tables that each step reads from end to end or writes anew. */
  tables: Record<string, string[]>;
  evidence: RunState['evidence'];
}

/** The details of a listed run, from its journal. Throws a ProblemError (exit 2) where that cannot be read. */
export function readDetails(folder: string, entry: Pick<RunEntry, 'journal'>): RunDetails {
  return detailsOf(openJournal(join(folder, entry.journal)).state);
}

/** The details of a run, from its state. */
export function detailsOf(state: RunState): RunDetails {
  const steps = ['forward', 'rollback'].flatMap((pass) => Object.entries(state.passes[pass] ?? {}));
  return { steps: state.stepHashes, durations: durationsOf(steps), tables: tablesOf(steps), evidence: state.evidence };
}

function durationsOf(steps: readonly [string, StepState][]): Record<string, number> {
  // A step that was left out took no time, which tells nothing of how long it takes.
  return Object.fromEntries(steps.flatMap(([id, step]) => (step.startedAt === null || step.durationMs === null ? [] : [[id, step.durationMs]])));
}

function tablesOf(steps: readonly [string, StepState][]): Record<string, string[]> {
  const found = steps.map(([id, step]): [string, string[]] => [id, [...new Set(step.statements.flatMap((one) => one.scans ?? []))]]);
  return Object.fromEntries(found.filter(([, tables]) => tables.length > 0));
}
