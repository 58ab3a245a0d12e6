import type { Graph } from '../graph/graph.js';
import type { NewEvent, Outcome, Proof } from '../engine/event.js';
import { walkForward } from '../engine/forward.js';
import { appliedSteps } from '../engine/rollback-plan.js';
import { rollBack } from '../engine/rollback.js';
import { stepState, type RunState } from '../engine/state.js';
import { Leave, type Walker } from '../engine/walker.js';
import { EXIT, type Problem } from '../text/problem.js';
import { attribute } from './attribute.js';
import { applied } from './rollback-proof.js';
import { rollbackFault } from './rollback-fault.js';
import { compareSnapshots } from './snapshot/compare.js';
import { evidenceOf } from './snapshot/evidence.js';
import type { Snapshot } from './snapshot/snapshot.js';
import { placed } from './triggers/probe.js';
import type { TriggerProbe } from './trigger-probe.js';

export interface RehearsalOptions {
  /** End at the first fault; by default all faults are found in one go. */
  stopOnFail: boolean;
  /** A person answers: failures ask. */
  interactive: boolean;
  snapshot(): Promise<Snapshot>;
  /** Tries what roles can still write after the way forward; absent: not tried. */
  probe?: TriggerProbe;
}

export type RehearsalEnd = [Outcome, number, Problem | null];

/**
 * The order of a rehearsal, on a database that holds the baseline: snapshot A,
 * forward, snapshot B, rollback, snapshot C, proof A = C, forward again,
 * B' = B. The baseline is applied by the caller.
 */
export async function rehearse(walker: Walker, options: RehearsalOptions): Promise<RehearsalEnd> {
  const { graph, recorder } = walker.options;
  const pastFailures = !options.stopOnFail && !options.interactive;
  const a = await options.snapshot();
  await options.probe?.begin();
  await recorder.record({ type: 'stage.entered', stage: 'forward', pass: 'forward', text: 'Forward' });
  const forward = await untilRolledBack(walkForward(walker, { pass: 'forward', pastFailures }));
  const ahead = forward.cut !== null ? `The way forward ended early: ${forward.cut}.` : forward.failed ? 'A step of the way forward failed.' : null;
  if (ahead !== null && options.stopOnFail) return faulty(ahead);
  const b = appliedSteps(graph, recorder.state).length === 0 ? a : await options.snapshot();
  await recorder.record(evidenceEvent(a, b, recorder.state));
  if (b === a) return ahead === null ? ['passed', EXIT.passed, null] : faulty(ahead);

  const probed = await options.probe?.end();
  const findings = placed(probed?.findings ?? [], graph);
  if (probed) await recorder.record({ type: 'triggers.probed', findings, untried: probed.untried });

  await recorder.record({ type: 'stage.entered', stage: 'rollback', pass: 'rollback', text: 'Rollback' });
  const back = await rollBack(walker, { of: 'forward', pass: 'rollback', reason: forward.cut ?? 'part of every rehearsal', confirm: false, pastFailures });
  await recorder.record({ type: 'stage.entered', stage: 'proof', pass: 'rollback', text: 'Proof of the rollback' });
  const c = await options.snapshot();
  const proof = tie(compareSnapshots(a, c), graph, walker);
  await recorder.record({ type: 'proof.finished', pass: 'rollback', what: 'rollback', after: null, proof });
  const wrong = rollbackFault({ ...back, proof }, graph, applied(graph, recorder.state, 'forward'));
  const fault = wrong === null || ahead === null ? wrong : `${ahead} ${wrong}`;
  // Going on shows what a second application meets: the leftovers of a bad rollback are faults of their own.
  if (fault !== null && !pastFailures) return faulty(fault);
  if (forward.cut !== null) return faulty(`${ahead} Its rollback was tried from there.`);

  await recorder.record({ type: 'stage.entered', stage: 'again', pass: 'again', text: 'Forward again' });
  const again = await untilRolledBack(walkForward(walker, { pass: 'again', pastFailures, machinesOnly: true }));
  if (fault !== null) return faulty(fault);
  if (again.cut !== null) return faulty(`The second application ended early: ${again.cut}.`);
  const same = structureOnly(compareSnapshots(b, await options.snapshot()));
  await recorder.record({ type: 'proof.finished', pass: 'again', what: 'again', after: null, proof: same });
  if (ahead !== null) return faulty(ahead);
  if (findings.some((one) => one.severity === 'fault')) return faulty('A trigger stops writes that worked before.');
  if (again.failed) return faulty('A step failed when it was applied again after the rollback.');
  if (!same.clean) return faulty('The second application gives another database than the first.');
  return ['passed', EXIT.passed, null];
}

/** A walk that a person or the guide cut short for the rollback: a rehearsal goes on with just that. `cut` says why. */
async function untilRolledBack(walk: Promise<{ failed: boolean }>): Promise<{ failed: boolean; cut: string | null }> {
  try {
    return { ...await walk, cut: null };
  } catch (error) {
    if (error instanceof Leave && error.why === 'rollback') return { failed: true, cut: error.reason };
    throw error;
  }
}

/** What the run stands on, as its journal keeps it: from snapshots before and after the way forward. */
export function evidenceEvent(before: Snapshot, after: Snapshot, state: RunState): Extract<NewEvent, { type: 'evidence.noted' }> {
  const rows = Object.fromEntries(Object.entries(before.tables).map(([table, content]) => [table, content.rows]));
  return { type: 'evidence.noted', ...evidenceOf(before, after, state.target?.role ?? '', state.privacy === 'safe'), rows };
}

function faulty(what: string): RehearsalEnd {
  return ['failed', EXIT.failed, { code: 'rehearsal-failed', what, remedy: 'The log lists every fault with its step and line; mend the guide and rehearse again.' }];
}

/** Ties every left-over to the forward step that caused it. */
function tie(proof: Omit<Proof, 'residue'> & { residue: Omit<Proof['residue'][number], 'step'>[] }, graph: Graph, walker: Walker): Proof {
  return { ...proof, residue: attribute(proof.residue, applied(graph, walker.options.recorder.state, 'forward')) };
}

/** Values such as now() and random UUIDs differ between two applications; structure and row counts must not. */
function structureOnly(found: Omit<Proof, 'residue'> & { residue: Omit<Proof['residue'][number], 'step'>[] }): Proof {
  const rowsChanged = found.rowsChanged.filter((one) => one.rowsBefore !== one.rowsAfter);
  const residue = found.residue.map((one) => ({ ...one, step: null }));
  return { clean: residue.length === 0 && rowsChanged.length === 0, residue, rowsChanged, notCompared: found.notCompared };
}

/**
 * Partial rollbacks: for each applied writing step in turn, forward up to it,
 * then the way back from there, proved clean. `fresh` gives a walker on a new
 * database with the baseline, sharing this run's recorder.
 */
export async function partialRollbacks(walker: Walker, fresh: (index: number) => Promise<{ walker: Walker; snapshot(): Promise<Snapshot>; close(): Promise<void> }>): Promise<RehearsalEnd> {
  const { graph, recorder } = walker.options;
  const steps = appliedSteps(graph, recorder.state);
  let clean = true;
  for (const [index, step] of steps.slice(0, -1).entries()) {
    const pass = `partial-${index + 1}`;
    const partial = await fresh(index);
    try {
      await recorder.record({ type: 'stage.entered', stage: 'partial', pass, text: `Partial rollback after ${step.title}` });
      const before = await partial.snapshot();
      await walkForward(partial.walker, { pass, pastFailures: true, machinesOnly: true, stopAfter: step.id });
      const back = await rollBack(partial.walker, { of: pass, pass: `${pass}-rollback`, reason: `partial rehearsal after ${step.id}`, confirm: false, pastFailures: true });
      const found = compareSnapshots(before, await partial.snapshot());
      const proof = { ...found, residue: found.residue.map((one) => ({ ...one, step: step.id })) };
      await recorder.record({ type: 'proof.finished', pass, what: 'partial', after: step.id, proof });
      // Past a point of no return, what earlier steps left is owed all the same.
      const tied = { ...proof, residue: attribute(found.residue, applied(graph, recorder.state, pass)) };
      clean &&= rollbackFault({ ...back, proof: tied }, graph, applied(graph, recorder.state, pass)) === null && stepState(recorder.state, pass, step.id).verdict !== 'failed';
    } finally {
      await partial.close();
    }
  }
  return clean ? ['passed', EXIT.passed, null] : faulty('A partial rollback leaves the database other than it was.');
}
