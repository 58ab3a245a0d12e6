import type { Measured } from '../../assertions/assertion.js';
import type { LockSeen, StatementResult } from '../fact.js';
import type { StepContext, StepOutcome } from '../step.js';

/** Rows and characters of a result that the journal keeps; the true count is kept beside them. */
export const KEPT_ROWS = 200;
const KEPT_OUTPUT = 64 * 1024;

/** A measured result as the journal keeps it: bounded and masked. */
export function toResult(
  context: StepContext, index: number, sql: string, measured: Measured & { errorLine?: number | null },
  seen: { tolerated: boolean; locks: LockSeen[]; rewrites: string[]; scans?: string[] },
): StatementResult {
  const rows = measured.rows.slice(0, KEPT_ROWS).map((row) => row.map((cell) => (cell === null ? null : context.mask(cell))));
  return {
    index, sql: context.mask(sql), command: measured.command, columns: measured.columns, types: measured.types, rows,
    rowCount: measured.rowCount, truncated: measured.truncated || measured.rows.length > KEPT_ROWS, affected: measured.affected,
    durationMs: measured.durationMs,
    error: measured.error && { sqlstate: measured.error.sqlstate, message: context.mask(measured.error.message), line: measured.errorLine ?? null },
    tolerated: seen.tolerated,
    notices: measured.notices.map((notice) => ({ severity: notice.severity, message: context.mask(notice.message) })),
    output: measured.output === null ? null : context.mask(tail(measured.output)),
    exitCode: measured.exitCode, locks: seen.locks, rewrites: seen.rewrites, ...(seen.scans && seen.scans.length > 0 ? { scans: seen.scans } : {}),
  };
}

function tail(text: string): string {
  return text.length <= KEPT_OUTPUT ? text : `[${text.length - KEPT_OUTPUT} characters left out]\n${text.slice(-KEPT_OUTPUT)}`;
}

export function outcome(verdict: StepOutcome['verdict'], rest: Partial<StepOutcome> = {}): StepOutcome {
  return { verdict, applied: false, reason: null, problem: null, ...rest };
}

/** Skipping on a person's word: recorded as a deviation. */
export async function skipped(context: StepContext, reason: string): Promise<StepOutcome> {
  await context.record({ type: 'deviation', what: 'skipped', reason, by: context.operator });
  return outcome('skipped', { reason });
}
