import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readJournal, type JournalRead } from '../engine/journal.js';
import { fold } from '../engine/reduce.js';
import type { RunState } from '../engine/state.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { filesOf, type RunFiles } from './run-files.js';

const SUFFIX = '.journal.jsonl';

/** Journal files of a folder, newest name last. */
function journalPaths(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith(SUFFIX)).sort().map((name) => join(folder, name));
}

export interface FoundRun { files: RunFiles; read: JournalRead; state: RunState }

/** Reads one journal into its state. Throws a ProblemError (exit 2) for one without a beginning. */
export function openJournal(path: string): FoundRun {
  const read = readJournal(path);
  const state = read.events[0]?.type === 'run.started' ? fold(read.events) : null;
  if (state === null) throw new ProblemError({ code: 'journal-empty', what: 'The journal does not hold the start of a run.', where: path }, EXIT.usage);
  const folder = resolve(path, '..');
  return { files: filesOf(folder, join(folder, basename(path, SUFFIX))), read, state };
}

/** The run that an argument means: its id (or the start of it), or a journal's path. Throws a ProblemError (exit 2; exit 3 for a file that holds another run than it is named for). */
export function findRun(folder: string, argument: string): FoundRun {
  if (existsSync(argument)) return openJournal(argument);
  const named = (path: string): string => basename(path, SUFFIX).split('-').at(-1) ?? '';
  const match = journalPaths(folder).filter((path) => named(path).startsWith(argument));
  if (match.length === 1 && match[0] !== undefined) {
    const found = openJournal(match[0]);
    if (found.state.run === named(match[0])) return found;
    throw new ProblemError({ code: 'journal-other', what: `The journal is of another run: it is named for ${named(match[0])}, and holds ${found.state.run}.`, where: match[0], remedy: 'Put the right one in its place, or name the file itself to mean the run that it holds.' }, EXIT.refused);
  }
  throw new ProblemError({
    code: 'run-not-found', what: match.length === 0 ? `There is no run ${argument}.` : `${argument} means more than one run.`, where: folder,
    remedy: 'deploy-wizard runs lists all runs; --logs names another folder.',
  }, EXIT.usage);
}
