import type { Proof } from '../engine/event.js';
import type { Graph } from '../graph/graph.js';
import type { RunState } from '../engine/state.js';
import { appliedSteps } from '../engine/rollback-plan.js';
import { attribute, type StepStatements } from './attribute.js';
import { compareSnapshots, type Residue } from './snapshot/compare.js';
import { heldAgainst, type Evidence } from './snapshot/evidence.js';
import type { Snapshot } from './snapshot/snapshot.js';

/** Rows of a live database change all the time, by others: only its structure proves anything. */
const ROWS = 'rows (others write to this database; the steps\' own expectations judge them)';

/**
 * Proves a rollback in earnest by the structure of the database: against the
 * snapshot of before the run where this process took it, else against what the
 * run's evidence keeps of it. What changed meanwhile by others' doing shows too:
 * it cannot be told apart, and nothing is claimed that was not seen.
 */
export function proveRollback(before: Snapshot | Evidence, now: Snapshot, state: RunState, graph: Graph): Proof {
  const residue: Residue[] = 'fingerprint' in before ? heldAgainst(before, now, state.target?.role ?? '') : compareSnapshots(before, now).residue;
  return { clean: residue.length === 0, residue: attribute(residue, applied(graph, state)), rowsChanged: [], notCompared: [ROWS] };
}

/** Evidence of a run that went on later: what the first part found stands, the second adds what it alone touched. */
export function mergeEvidence<T extends Evidence>(first: T | null, second: T): T {
  if (first === null) return second;
  return { ...second, fingerprint: first.fingerprint, names: [...new Set([...first.names, ...second.names])].sort(), objects: { ...second.objects, ...first.objects } };
}

/** Applied forward steps with their SQL, to tie what is left to. */
export function applied(graph: Graph, state: RunState, pass = 'forward'): StepStatements[] {
  return appliedSteps(graph, state, pass).map((step) => ({ stepId: step.id, statements: step.statements.map((statement) => statement.sql) }));
}
