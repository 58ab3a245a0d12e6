import { accessSync, constants } from 'node:fs';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import { resolveConnection } from './connection.js';
import { copyIn } from './copy-in.js';
import { unitsBefore } from './error-line.js';
import { scriptPieces, type ScriptPiece } from './script.js';
import { serverError } from './server-error.js';
import { Session } from './session.js';

/**
 * Runs SQL files as psql would, for baselines: plain files of pg_dump too, with
 * their COPY rows, streamed. Throws a ProblemError (exit 2) with file and line.
 */
export async function applySqlFiles(url: string, files: readonly { path: string; text?: string }[]): Promise<void> {
  const session = await Session.open(await resolveConnection({ url, env: {} }), 'deploy-wizard baseline');
  try {
    for (const file of files) {
      if (file.text === undefined) readable(file.path);
      for await (const piece of scriptPieces(file)) await run(session, file.path, piece);
      await session.reset();
    }
  } finally {
    await session.close();
  }
}

async function run(session: Session, path: string, piece: ScriptPiece): Promise<void> {
  try {
    if (piece.kind === 'copy') {
      await copyIn(session, piece.sql, piece.rows);
      return;
    }
    const { error } = await session.send(piece.sql);
    if (error !== null) throw error;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const { message, position, sqlstate, copyLine } = serverError(error);
    const inSql = position === null ? 0 : piece.sql.slice(0, unitsBefore(piece.sql, position)).split('\n').length - 1;
    const line = piece.kind === 'copy' && copyLine !== null ? piece.dataLine + copyLine - 1 : position === null && piece.kind === 'sql' ? null : piece.line + inSql;
    throw new ProblemError({ code: 'baseline-failed', what: `The baseline fails: ${sqlstate ?? ''} ${message}`, where: `${path}${line === null ? '' : `:${line}`}`, remedy: 'Mend the file; the rehearsal has not begun.' }, EXIT.usage);
  }
}

function readable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new ProblemError({ code: 'baseline-unreadable', what: `The baseline cannot be read: ${messageOf(error)}`, where: path, remedy: 'Check the path; baseline files count from the guide.' }, EXIT.usage);
  }
}
