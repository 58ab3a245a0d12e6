import { readFileSync } from 'node:fs';
import { EXIT, messageOf, ProblemError } from '../text/problem.js';
import { resolveConnection } from './connection.js';
import { serverError } from './server-error.js';
import { Session } from './session.js';

/**
 * Runs SQL files whole, one message each: for baselines. psql's `\` lines and
 * comments on them are left out. Throws a ProblemError (exit 2) with file and line.
 */
export async function applySqlFiles(url: string, files: readonly { path: string; text?: string }[]): Promise<void> {
  const session = await Session.open(await resolveConnection({ url, env: {} }), 'deploy-wizard baseline');
  try {
    for (const file of files) {
      const text = file.text ?? read(file.path);
      const sql = text.replace(/^\uFEFF/, '').replace(/^\\[a-z].*$/gm, '');
      try {
        await session.client.query(sql);
        await session.reset();
      } catch (error) {
        const { message, position, sqlstate } = serverError(error);
        const line = position === null ? '' : `:${Array.from(sql).slice(0, position).join('').split('\n').length}`;
        throw new ProblemError({ code: 'baseline-failed', what: `The baseline fails: ${sqlstate ?? ''} ${message}`, where: `${file.path}${line}`, remedy: 'Mend the file; the rehearsal has not begun.' }, EXIT.usage);
      }
    }
  } finally {
    await session.close();
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ProblemError({ code: 'baseline-unreadable', what: `The baseline cannot be read: ${messageOf(error)}`, where: path, remedy: 'Check the path; baseline files count from the guide.' }, EXIT.usage);
  }
}
