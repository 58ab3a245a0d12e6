import type { Cell, Measured } from '../../assertions/assertion.js';
import type { LockSeen, StatementResult } from '../fact.js';
import type { StepContext, StepOutcome } from '../step.js';

/** Rows and characters of a result that the journal keeps; the true count is kept beside them. */
export const KEPT_ROWS = 200;
const KEPT_OUTPUT = 64 * 1024;
const KEPT_CELL = 64 * 1024;

/** A measured result as the journal keeps it: bounded; the recorder masks it, which has to see the values as they are. */
export function toResult(
  index: number, sql: string, measured: Measured & { errorLine?: number | null },
  seen: { tolerated: boolean; locks: LockSeen[]; rewrites: string[]; scans?: string[] },
): StatementResult {
  const rows = measured.rows.slice(0, KEPT_ROWS).map((row) => row.map(head));
  return {
    index, sql, command: measured.command, columns: measured.columns, types: measured.types, rows,
    rowCount: measured.rowCount, truncated: measured.truncated || measured.rows.length > KEPT_ROWS, affected: measured.affected,
    durationMs: measured.durationMs,
    error: measured.error && { sqlstate: measured.error.sqlstate, message: measured.error.message, line: measured.errorLine ?? null, ...(measured.error.raised ? { raised: true } : {}) },
    tolerated: seen.tolerated,
    notices: measured.notices.map((notice) => ({ severity: notice.severity, message: notice.message })),
    output: measured.output === null ? null : tail(measured.output),
    exitCode: measured.exitCode, locks: seen.locks, rewrites: seen.rewrites, ...(seen.scans && seen.scans.length > 0 ? { scans: seen.scans } : {}),
  };
}

function head(cell: Cell): Cell {
  if (cell === null || cell.length <= KEPT_CELL) return cell;
  // Whole lines only, as in an output.
  const end = cell.lastIndexOf('\n', KEPT_CELL) + 1;
  return `${cell.slice(0, end)}[${cell.length - end} characters left out]`;
}

function tail(text: string): string {
  if (text.length <= KEPT_OUTPUT) return text;
  // From the beginning of a line on: half a secret would not be known for one.
  const from = (text.indexOf('\n', text.length - KEPT_OUTPUT) + 1) || text.length - KEPT_OUTPUT;
  return `[${from} characters left out]\n${text.slice(from)}`;
}

export function outcome(verdict: StepOutcome['verdict'], rest: Partial<StepOutcome> = {}): StepOutcome {
  return { verdict, applied: false, reason: null, problem: null, ...rest };
}

/** Skipping on a person's word: recorded as a deviation. */
export async function skipped(context: StepContext, reason: string): Promise<StepOutcome> {
  await context.record({ type: 'deviation', what: 'skipped', reason, by: context.operator });
  return outcome('skipped', { reason });
}
