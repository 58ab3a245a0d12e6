import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { EXIT, ProblemError } from '../text/problem.js';
import { installedServer, type PackagedServer, type ServerMajor } from './packaged-majors.js';
import { copyOut, fetchMajor, makeLibraryLinks } from './server-cache.js';
import type { ServerUser } from './server-user.js';

/** Runnable server programs. */
export interface ServerBinaries {
  /** Folder with `initdb` and `postgres`. */
  bin: string;
  /** Such as `17.10`. */
  version: string;
  major: number;
  source: 'embedded' | 'system';
}

const suffix = process.platform === 'win32' ? '.exe' : '';

/** The full path of a server program. */
export function program(binaries: Pick<ServerBinaries, 'bin'>, name: 'initdb' | 'postgres'): string {
  return join(binaries.bin, name + suffix);
}

/**
 * Finds a server for a rehearsal: the packaged one, else (for another major)
 * the cached or freshly fetched one, else one installed on this machine.
 * @throws ProblemError `server-not-found` or `server-not-available`
 */
export async function findServer(options: { major?: ServerMajor; user: ServerUser; signal?: AbortSignal; from?: string; fetching?: (what: string) => void }): Promise<ServerBinaries> {
  const { major, user } = options;
  const packaged = installedServer(options.from);
  if (packaged && (major === undefined || packaged.major === major)) {
    const ready = makeReady(packaged, user);
    if (ready) return ready;
  }
  const local = systemServers(user).filter((server) => major === undefined || server.major === major)[0];
  if (major !== undefined) {
    try {
      const ready = makeReady(await fetchMajor(major, options), user);
      if (ready) return ready;
    } catch (thrown) {
      if (!local) throw thrown;
    }
  }
  if (local) return local;
  throw notFound(major);
}

/** A server installed on this machine, the newest first unless a major is asked for. */
export function findSystemServer(options: { major?: ServerMajor; user: ServerUser }): ServerBinaries {
  const found = systemServers(options.user).find((server) => options.major === undefined || server.major === options.major);
  if (!found) throw notFound(options.major);
  return found;
}

/** Makes packaged binaries runnable by that user, in place or as a copy; null when they do not run on this machine. */
function makeReady(server: PackagedServer, user: ServerUser): ServerBinaries | null {
  const linked = makeLibraryLinks(server.native);
  return (linked && probe(join(server.native, 'bin'), 'embedded', user))
    || (process.platform !== 'win32' && probe(join(copyOut(server), 'bin'), 'embedded', user))
    || null;
}

/** Every server installed on this machine, newest major first. */
export function systemServers(user: ServerUser): ServerBinaries[] {
  const folders = new Set<string>();
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) if (folder) folders.add(folder);
  const families = ['/usr/lib/postgresql', '/usr/local/lib/postgresql', '/Library/PostgreSQL', 'C:\\Program Files\\PostgreSQL'];
  for (const family of families) if (existsSync(family)) for (const name of readdirSync(family)) folders.add(join(family, name, 'bin'));
  for (const family of ['/opt/homebrew/opt', '/usr/local/opt', '/usr']) {
    if (existsSync(family)) for (const name of readdirSync(family)) if (/^(postgresql@|pgsql-)/.test(name)) folders.add(join(family, name, 'bin'));
  }
  const told = pgConfigFolder();
  if (told) folders.add(told);
  const homes = new Set([...folders].flatMap(homeOf));
  return [...homes].flatMap((folder) => probe(folder, 'system', user) ?? []).sort((one, other) => other.major - one.major);
}

function pgConfigFolder(): string | null {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

/** The folder a server's programs really lie in: PATH often holds links, beside which no libraries are. */
function homeOf(folder: string): string[] {
  try {
    return [dirname(realpathSync(join(folder, `postgres${suffix}`)))];
  } catch {
    return [];
  }
}

/** Runs `postgres --version` as the server's user: proves path, permissions and libraries in one go. */
function probe(bin: string, source: ServerBinaries['source'], user: ServerUser): ServerBinaries | null {
  if (!existsSync(join(bin, `initdb${suffix}`)) || !existsSync(join(bin, `postgres${suffix}`))) return null;
  const asked = spawnSync(join(bin, `postgres${suffix}`), ['--version'], { encoding: 'utf8', cwd: '/', ...user });
  const version = asked.status === 0 ? /(\d+)(\.\d+)?/.exec(asked.stdout)?.[0] : undefined;
  return version ? { bin, version, major: Number.parseInt(version, 10), source } : null;
}

function notFound(major: ServerMajor | undefined): ProblemError {
  const wanted = major === undefined ? 'PostgreSQL' : `PostgreSQL ${major}`;
  return new ProblemError({
    code: 'server-not-found',
    what: `no ${wanted} server was found to rehearse on`,
    where: `${process.platform} on ${process.arch}`,
    remedy: `install the ${wanted} server (Debian, Ubuntu: apt install postgresql; macOS: brew install postgresql@${major ?? 17}; Windows: the installer of postgresql.org), run npm install without --omit=optional, or name a database with --on URL`,
  }, EXIT.usage);
}
