import type { Proof } from '../engine/event.js';
import type { Graph } from '../graph/graph.js';
import { attribute, type StepStatements } from './attribute.js';

/** What a rollback owes: see {@link rollbackFault}. */
export interface RollbackResult { proof: Proof; complete: boolean; notUndone: readonly string[] }

/**
 * Why a rehearsed rollback is at fault, or null. What a `no-return` step left
 * is no fault: the guide promises no way back past it, and says so. Everything
 * else must be undone and proved, also in such a guide.
 * @param steps - applied forward steps with their SQL, to tie changed rows to
 */
export function rollbackFault({ proof, complete, notUndone }: RollbackResult, graph: Graph, steps: readonly StepStatements[]): string | null {
  const past = new Set(graph.steps.filter((step) => step.noReturn).map((step) => step.id));
  const owed = (step: string | null): boolean => step === null || !past.has(step);
  const rows = attribute(proof.rowsChanged.map((one) => ({ object: `table ${one.table}`, difference: 'changed' as const })), steps);
  if (proof.residue.some((one) => owed(one.step)) || rows.some((one) => owed(one.step))) return 'The rollback leaves the database other than it was.';
  return complete || (notUndone.length > 0 && notUndone.every((step) => past.has(step))) ? null : 'The rollback is not complete.';
}
