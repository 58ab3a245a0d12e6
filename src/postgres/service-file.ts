import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bad } from '../text/connection-pieces.js';
import { checked, type Settings } from './connection-text.js';

/** Where the server's own packages keep the system-wide file: libpq has one such folder built in, PGSYSCONFDIR names another. */
const SYSTEM_FOLDERS = ['/etc/postgresql-common', '/etc/sysconfig/pgsql', '/etc/postgresql', '/usr/local/etc/postgresql', '/usr/local/pgsql/etc', '/opt/homebrew/etc/postgresql', '/etc'];

export interface ServiceFound { settings: Settings; path: string }

/**
 * A section of the connection service file, the user's own before the system's
 * (manual: "The Connection Service File"). Throws a ProblemError (exit 2) where
 * no file has it, or a line of it cannot be read.
 */
export function readService(name: string, file: string | undefined, env: NodeJS.ProcessEnv): ServiceFound {
  const named = file ?? env.PGSERVICEFILE;
  const own = named ?? join(homedir(), '.pg_service.conf');
  if (named !== undefined && !existsSync(named)) throw bad('the service file that is named is not there', `Check PGSERVICEFILE: ${named}.`);
  const system = (env.PGSYSCONFDIR ? [env.PGSYSCONFDIR] : SYSTEM_FOLDERS).map((folder) => join(folder, 'pg_service.conf'));
  for (const path of [own, ...system]) {
    const settings = existsSync(path) ? sectionOf(path, name) : null;
    if (settings) return { settings: checked(settings), path };
  }
  throw bad(`there is no service "${name}"`, `Define it in ${own}.`);
}

function sectionOf(path: string, name: string): Settings | null {
  let settings: Settings | null = null;
  for (const [index, line] of readFileSync(path, 'utf8').split(/\r?\n/).entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    // As with libpq, the first section of the name counts, and what stands behind its bracket is nothing.
    if (text.startsWith('[') && settings) return settings;
    if (text.startsWith(`[${name}]`)) settings = {};
    if (text.startsWith('[') || !settings) continue;
    const cut = text.indexOf('=');
    const key = text.slice(0, cut).trim();
    if (cut < 1) throw bad(`line ${index + 1} of the service file is no key=value`, `Mend ${path}.`);
    if (key === 'service') throw bad(`line ${index + 1} of the service file names another service`, `Mend ${path}: services do not nest.`);
    settings[key] ??= text.slice(cut + 1).trim();
  }
  return settings;
}
