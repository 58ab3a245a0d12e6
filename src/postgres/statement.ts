import type { Measured } from '../assertions/assertion.js';
import type { ReadyStatement } from '../engine/ports.js';
import { copyIn } from './copy-in.js';
import { errorLine } from './error-line.js';
import { keptRows, RowsGone } from './kept-rows.js';
import { since } from './measured.js';
import { serverError, type ServerError } from './server-error.js';
import type { Session } from './session.js';

export type MeasuredStatement = Measured & { errorLine: number | null };

/** Runs one ready statement; an error of the server is part of the result, a lost connection is thrown. */
export async function runStatement(session: Session, ready: ReadyStatement): Promise<MeasuredStatement> {
  const start = performance.now();
  try {
    const rows = ready.source.copyRows === null ? ready.source.copyData : keptRows(ready.source.copyRows);
    const measured = rows === null ? await session.run(ready.sql) : await copyIn(session, ready.sql, rows);
    return { ...measured, errorLine: null };
  } catch (thrown) {
    if (thrown instanceof RowsGone && !session.lost) return failed(ready, { sqlstate: null, message: thrown.message, position: null, copyLine: null, raised: false, lost: false }, { durationMs: since(start), notices: session.takeNotices(), line: ready.source.line });
    const error = serverError(thrown);
    if (error.lost || session.lost) throw thrown;
    return failed(ready, error, { durationMs: since(start), notices: session.takeNotices(), line: errorLine(ready, error) });
  }
}

/** The result of a statement that the server refused or ended. */
export function failed(ready: ReadyStatement, error: ServerError, { durationMs, notices, line }: { durationMs: number; notices: Measured['notices']; line: number }): MeasuredStatement {
  return {
    kind: 'sql', columns: [], types: [], rows: [], rowCount: null, truncated: false, affected: null, command: ready.source.command, durationMs,
    error: { sqlstate: error.sqlstate, message: error.message, ...(error.raised ? { raised: true } : {}) }, notices, output: null, exitCode: null, errorLine: line,
  };
}
