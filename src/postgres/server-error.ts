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
  /** The connection is gone, not just the statement. */
  lost: boolean;
}

/** Reads anything the driver throws. */
export function serverError(thrown: unknown): ServerError {
  const error = thrown as Partial<pg.DatabaseError> & { code?: string };
  const sqlstate = typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
  const lost = sqlstate === null ? !(error instanceof pg.DatabaseError) : sqlstate.startsWith('08') || sqlstate.startsWith('57P') || ['25P03', '25P04'].includes(sqlstate);
  const detail = typeof error.detail === 'string' && error.detail !== '' ? ` (${error.detail})` : '';
  const copy = /^COPY .*?, line (\d+)/m.exec(error.where ?? '');
  return {
    sqlstate, message: `${messageOf(thrown)}${detail}`, position: error.position === undefined ? null : Number(error.position),
    copyLine: copy ? Number(copy[1]) : null, lost,
  };
}
