import type { LogDocument, LogStep } from './schema.js';

/** `6 passed, 1 failed, 2 to follow`: steps of the way forward by verdict. */
export function countsOf(log: LogDocument): string {
  return Object.entries(log.counts).map(([verdict, amount]) => `${amount} ${verdict === 'pending' && log.outcome === 'passed' ? 'to follow' : verdict}`).join(', ') || 'none';
}

/** Steps of the way forward that failed, or whose outcome nobody knows. */
export function wentWrong(log: LogDocument): LogStep[] {
  return log.steps.filter((step) => step.verdict === 'failed' || step.verdict === 'unknown');
}

/** What the database still holds of a run that did not come to its end: ids of steps. */
export function leftApplied(log: LogDocument): string[] {
  if (log.mode !== 'run' || log.outcome === 'passed' || log.outcome === 'running') return [];
  return log.steps.filter((step) => step.applied && !log.rollback.undone.includes(step.id)).map((step) => step.id);
}
