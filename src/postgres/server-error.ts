import pg from 'pg';
import { messageOf } from '../text/problem.js';

/** What the server says of an error, as much as the wizard uses. */
export interface ServerError {
  sqlstate: string | null;
  message: string;
  /** 1-based character offset in the text sent. */
  position: number | null;
  /** Row of the data of a COPY, 1-based. */
  copyLine: number | null;
  /** A function wrote the message (RAISE, ASSERT, or another language's way), not the server: it may hold what it read. */
  raised: boolean;
  /** The connection is gone, not just the statement. */
  lost: boolean;
}

/** Whether an error of this SQLSTATE ends the connection: connection exceptions, shutdown, idle timeouts. */
export function endsConnection(sqlstate: string | null): boolean {
  return sqlstate !== null && (/^(?:08|57P)/.test(sqlstate) || ['25P03', '25P04'].includes(sqlstate));
}

/** Reads anything the driver throws. */
export function serverError(thrown: unknown): ServerError {
  const error = thrown as Partial<pg.DatabaseError>;
  // Of the server's own errors only: EPIPE looks like an SQLSTATE too.
  const sqlstate = error instanceof pg.DatabaseError ? error.code ?? null : null;
  const lost = error instanceof pg.DatabaseError ? endsConnection(sqlstate) : true;
  const detail = typeof error.detail === 'string' && error.detail !== '' ? ` (${error.detail})` : '';
  const copy = /^COPY .*?, line (\d+)/m.exec(error.where ?? '');
  return {
    sqlstate, message: `${messageOf(thrown)}${detail}`, position: error.position === undefined ? null : Number(error.position),
    copyLine: copy ? Number(copy[1]) : null, raised: sqlstate?.startsWith('P0') === true || /^(?:exec_stmt_raise|exec_stmt_assert|PLy_|plperl|pltcl|plv8)/.test(error.routine ?? ''), lost,
  };
}
