import { resolve } from 'node:path';
import type { Graph } from '../graph/graph.js';
import { settleDoubts } from '../engine/doubt.js';
import { Journal } from '../engine/journal.js';
import type { RunState } from '../engine/state.js';
import { dueAt, followUps } from '../log/follow-ups.js';
import { environmentOf, loadConfig, type Environment } from '../project/config.js';
import { findRun, type FoundRun } from '../project/journals.js';
import { EXIT, ProblemError } from '../text/problem.js';
import { compileForRun } from './compile.js';
import { Conductor } from './conduct.js';
import { runToResume } from './due.js';
import { finish } from './finish.js';
import type { RunFlags } from './flags.js';
import { fetchRun } from './fetch-run.js';
import { refuseUnknownNames } from './known-names.js';
import { confirmTarget, openConduct, refuseYes } from './run.js';
import { onSignals } from './signals.js';

type ResumeFlags = RunFlags & { guide?: string };
const PLAIN: Environment = { protected: false, privacy: 'full', rollback: 'manual', approvals: 0, requires: {} };

/** `deploy-wizard resume [RUN]`. */
export async function resumeCommand(argument: string | undefined, flags: ResumeFlags): Promise<number> {
  return goOn(argument, flags, 'resume');
}

/** Goes on with a run: forward, or straight to its rollback. */
export async function goOn(argument: string | undefined, flags: ResumeFlags, how: 'resume' | 'rollback'): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  const logs = resolve(flags.logs ?? resolve(loaded.folder, loaded.config.logs));
  const found = flags.database && argument && !hasRun(logs, argument) ? await fetchRun(argument, flags.database, logs) : findRun(logs, argument ?? await runToResume(logs));
  refuse(found);
  const graph = await compileForRun(flags.guide ?? found.state.guide.path, loaded);
  refuseChanged(graph, found.state);
  const due = how === 'resume' ? dueNow(graph, found) : new Set<string>();
  const name = found.state.environment;
  const environment = name === 'default' ? PLAIN : environmentOf(loaded, name);
  refuseYes(graph, name, environment, flags);
  await refuseUnknownNames([graph], flags);
  const conduct = await openConduct({ graph, flags: { ...flags, ledger: found.state.ledger }, loaded, name, environment, begun: { state: found.state, how } });
  if (found.state.target && conduct.identity.identity !== found.state.target.identity) {
    await conduct.target.close();
    throw new ProblemError({ code: 'target-other', what: `This is another database than the run's: ${conduct.identity.database} at ${conduct.identity.server}.`, where: `the run began on ${found.state.target.database} at ${found.state.target.server}`, remedy: 'Give the database of the run with --database.' }, EXIT.refused);
  }
  let conductor: Conductor | null = null;
  const off = onSignals(() => conductor?.walker ?? null, conduct.frontEnd);
  try {
    conductor = await Conductor.resume(conduct, found.state, Journal.resume(found.files.journal, found.read), found.files.base);
    const started = conductor;
    const before = async (): Promise<void> => {
      await confirmTarget(started, conduct);
      await settleDoubts(graph, started.recorder, conduct.target, flags.repairIndex ?? false);
    };
    const state = how === 'resume' && !halfRolledBack(found.state)
      ? await started.guardedWalk(before, due)
      : await started.rollback(halfRolledBack(found.state) ? found.state.rollback?.reason ?? 'resumed' : 'asked for with deploy-wizard rollback', before);
    return await finish(state, conduct, started.files);
  } finally {
    off();
    await conduct.frontEnd.close();
    await conduct.target.close();
  }
}

function hasRun(logs: string, argument: string): boolean {
  try {
    findRun(logs, argument);
    return true;
  } catch {
    return false;
  }
}

function halfRolledBack(state: RunState): boolean {
  return state.rollback !== null && state.rollback.complete !== true;
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

/** A changed step is refused once it was applied; later steps may change. */
export function refuseChanged(graph: Graph, state: RunState): void {
  const changed = Object.values(state.passes.forward ?? {}).filter((step) => step.applied && state.stepHashes[step.id] !== graph.steps.find((one) => one.id === step.id)?.hash);
  if (changed.length === 0) return;
  const lines = changed.map((step) => `${step.id}: applied as\n${step.statements.map((one) => one.sql).join(';\n').slice(0, 600)}\nnow\n${graph.steps.find((one) => one.id === step.id)?.statements.map((one) => one.sql).join(';\n').slice(0, 600) ?? '(gone)'}`);
  throw new ProblemError({
    code: 'applied-step-changed', what: `The guide changed ${changed.length === 1 ? 'a step that was' : 'steps that were'} already applied:\n${lines.join('\n')}`, where: state.guide.path,
    remedy: 'Restore the step as it was applied, and put the change into a new step.',
  }, EXIT.refused);
}
