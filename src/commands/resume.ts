import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { Graph } from '../graph/graph.js';
import { changedSteps } from '../engine/changed.js';
import { changedDoubts, settleDoubts } from '../engine/doubt.js';
import { Journal } from '../engine/journal.js';
import { goesBack, type RunState } from '../engine/state.js';
import { dueAt, followUps } from '../log/follow-ups.js';
import { databaseOf, type Environment, environmentOf, loadConfig, type LoadedConfig } from '../project/config.js';
import { findRun, openJournal, type FoundRun } from '../project/journals.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { compileForRun } from './compile.js';
import { Conductor } from './conduct.js';
import { runToResume } from './due.js';
import { finish } from './finish.js';
import type { RunFlags } from './flags.js';
import { fetchRun } from './fetch-run.js';
import { refuseChanged } from './refuse-changed.js';
import { refuseCut } from './refuse-cut.js';
import { refuseUnknownNames } from './known-names.js';
import { agreeWithLedger, type Agreed } from './ledger-copy.js';
import { confirmTarget, openConduct, refuseYes } from './run.js';
import { onSignals } from './signals.js';

type ResumeFlags = RunFlags & { guide?: string };
const PLAIN: Environment = { protected: false, privacy: 'full', rollback: 'manual', approvals: 0, requires: {} };

const LEDGER_GONE = 'the ledger (schema deploy_wizard) is not there any more, or hidden from this role: what a new one lacks does not prove that a step was not applied';

/** `deploy-wizard resume [RUN]`. */
export async function resumeCommand(argument: string | undefined, flags: ResumeFlags): Promise<number> {
  return goOn(argument, flags, 'resume');
}

/** Goes on with a run: forward, or straight to its rollback. */
export async function goOn(argument: string | undefined, flags: ResumeFlags, how: 'resume' | 'rollback'): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  const logs = resolve(flags.logs ?? resolve(loaded.folder, loaded.config.logs));
  const database = databaseFor(flags, loaded);
  const fetched = argument && database && !hasRun(logs, argument) ? await fetchRun(argument, database, logs) : null;
  const here = fetched ?? findRun(logs, argument ?? await runToResume(logs));
  const graph = await compileForRun(flags.guide ?? here.state.guide.path, loaded);
  admit(here, graph, how);
  const name = here.state.environment;
  const environment = name === 'default' ? PLAIN : environmentOf(loaded, name);
  refuseYes(graph, name, environment, flags);
  await refuseUnknownNames([graph], flags);
  const conduct = await openConduct({ graph, flags: { ...flags, ledger: here.state.ledger }, loaded, name, environment, begun: { state: here.state, how } });
  let conductor: Conductor | null = null;
  const off = onSignals(() => conductor && { walker: conductor.walker, frontEnd: conduct.frontEnd });
  try {
    // Read again behind the lock: whoever held it until now may have gone on with this very run.
    const now = openJournal(here.files.journal);
    const found: Agreed = now.state.ledger ? await agreeWithLedger(now, conduct.target) : now;
    refuseCut(found);
    const due = admit(found, graph, how);
    const attempts = found.state.ledger ? await conduct.target.attempts(found.state.run) : undefined;
    const doubts = changedDoubts(graph, found.state, attempts);
    refuseChanged(graph, found.state, doubts.flatMap(({ why, ...one }) => (why === null ? [] : [{ ...one, why }])));
    const byCopy = fetched !== null || found.tookOver === true || found.state.host !== hostname();
    conductor = await Conductor.resume(conduct, found.state, Journal.resume(found.files.journal, found.read), found.files.base, {
      ...(attempts === undefined && ledgerWasUsed(found.state) ? { putBack: LEDGER_GONE, ledgerGone: true } : found.putBack === undefined ? {} : { putBack: found.putBack }),
      // One that ended orderly has told all that it did, unless it was gone on with since.
      ...(byCopy && found.state.ledger && (found.state.outcome === null || attempts?.some(({ late }) => late)) ? { fromCopy: true } : {}),
    });
    const started = conductor;
    // The ledger may know of a rollback that this copy of the journal never heard of.
    const forward = how === 'resume' && !goesBack(found.state) && attempts?.some(({ pass }) => pass === 'rollback') !== true;
    const before = async (): Promise<void> => {
      await confirmTarget(started, conduct, forward ? 'resume' : 'rollback');
      await settleDoubts(graph, started.recorder, conduct.target, flags.repairIndex ?? false);
    };
    const state = forward
      ? await started.guardedWalk(before, due)
      : await started.rollback(goesBack(found.state) ? found.state.rollback?.reason ?? 'resumed' : how === 'rollback' ? 'asked for with deploy-wizard rollback' : 'it had begun elsewhere: the ledger holds steps of it', before);
    return await finish(state, conduct, started.files, { ...flags, behind: started.copy?.behind ?? null });
  } finally {
    await conduct.frontEnd.close();
    await conduct.close();
    off();
  }
}

/** Whether the run began a step that writes: there was a ledger then. */
function ledgerWasUsed({ ledger, passes }: RunState): boolean {
  return ledger && Object.values(passes).some((steps) => Object.values(steps).some(({ effect }) => effect === 'transaction' || effect === 'alone'));
}

/** The database that may know a run of another machine: as for a new run; undefined: none is named. */
function databaseFor(flags: ResumeFlags, loaded: LoadedConfig): string | undefined {
  const named = flags.env ? environmentOf(loaded, flags.env).database : undefined;
  return databaseOf(flags.database, named, process.env);
}

/** What may be gone on with, and the steps that have fallen due. Throws a ProblemError (exit 3) otherwise. */
function admit(found: FoundRun, graph: Graph, how: 'resume' | 'rollback'): ReadonlySet<string> {
  refuse(found);
  refuseChanged(graph, found.state, changedSteps(graph, found.state));
  return how === 'resume' ? dueNow(graph, found) : new Set<string>();
}

/** There is no journal of the run, or not the beginning of one. */
const NOT_HERE: ReadonlySet<string> = new Set(['run-not-found', 'journal-empty']);

function hasRun(logs: string, argument: string): boolean {
  try {
    findRun(logs, argument);
    return true;
  } catch (error) {
    if (error instanceof ProblemError && NOT_HERE.has(error.problem.code)) return false;
    throw error;
  }
}

function refuse({ read, state, files }: FoundRun): void {
  const no = (code: string, what: string, remedy: string): never => { throw new ProblemError({ code, what, where: files.journal, remedy }, EXIT.refused); };
  if (read.fault) no('journal-broken', `The journal's chain is broken at line ${read.fault.line}: it ${read.fault.what}.`, 'Restore the journal from a copy, or from the ledger on another machine.');
  if (state.mode !== 'run') no('not-a-run', `This is a ${state.mode}; only a run on a database of yours can be gone on with.`, 'Start it again.');
  if (state.outcome === 'rolled back') no('run-rolled-back', 'The run was rolled back completely.', 'Start a new one.');
}

/** Steps of a run's follow-ups that are due now. Throws a ProblemError (exit 3) for a run that has passed and left none. */
function dueNow(graph: Graph, { state, files }: FoundRun): ReadonlySet<string> {
  const open = followUps(state, graph).filter((one) => !one.done);
  const due = new Set(dueAt(open, new Date().toISOString()).map((one) => one.step));
  if (state.outcome !== 'passed' || due.size > 0) return due;
  const [next] = open;
  const later = next ? ` Its next follow-up (${next.label}) is due from ${next.from.slice(0, 16).replace('T', ' ')} UTC.` : '';
  throw new ProblemError({ code: 'run-finished', what: `The run has passed; there is nothing to go on with.${later}`, where: files.journal, remedy: 'deploy-wizard rollback undoes it.' }, EXIT.refused);
}
