import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commandOf, isRunning, lifeOf, ownIdentity, type ProcessIdentity } from './process-identity.js';
import type { ServerUser } from './server-user.js';

/** Where one throw-away server lives. All of it goes when the server stops. */
export interface ServerFolder {
  root: string;
  data: string;
  /** Folder of the socket; empty where there are none (Windows). */
  sockets: string;
  log: string;
}

interface Owner extends ProcessIdentity { sockets: string }

/** A socket's path may have 107 bytes on Linux and 103 on macOS, with its file name. */
const SOCKET_PATH_LIMIT = 103 - '/.s.PGSQL.5432'.length;

/** Makes a private folder for one server, owned by the user it will run as. */
export function makeServerFolder(user: ServerUser): ServerFolder {
  const root = mkdtempSync(join(familyFolder(user), `${process.pid}-`));
  const sockets = process.platform === 'win32' ? '' : Buffer.byteLength(root) <= SOCKET_PATH_LIMIT ? root : mkdtempSync('/tmp/deploy-wizard-');
  const owner: Owner = { ...ownIdentity(), sockets };
  writeFileSync(join(root, 'owner.json'), JSON.stringify(owner), { mode: 0o600 });
  const data = join(root, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (user) for (const path of new Set([root, data, sockets])) chownSync(path, user.uid, user.gid);
  return { root, data, sockets, log: join(root, 'server.log') };
}

/** Removes a server's folder; the server must have stopped. */
export function removeServerFolder(folder: Pick<ServerFolder, 'root' | 'sockets'>): void {
  for (const path of new Set([folder.sockets, folder.root])) {
    if (path) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

/**
 * Finds what hard-killed processes left behind: stops their servers and
 * removes their folders. Never touches those of a process that still runs, or
 * that belongs to another host or container sharing the temporary folder.
 * @returns the folders removed
 */
export async function removeLeftovers(user: ServerUser): Promise<string[]> {
  const family = familyFolder(user);
  const removed: string[] = [];
  for (const name of readdirSync(family)) {
    const root = join(family, name);
    const owner = readOwner(root, name);
    if (!owner || lifeOf(owner) !== 'gone') continue;
    await stopStray(join(root, 'data'));
    removeServerFolder({ root, sockets: owner.sockets });
    removed.push(root);
  }
  return removed;
}

/** The number of the server process of a data folder, or null when none runs. */
export function serverProcess(data: string): number | null {
  const pidFile = join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return null;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  // The file outlives a killed server, and its number may be somebody else's by now.
  return Number.isInteger(pid) && pid > 0 && isRunning(pid) && commandOf(pid).includes(data) ? pid : null;
}

async function stopStray(data: string): Promise<void> {
  const pid = serverProcess(data);
  if (pid === null) return;
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    return; // It ended by itself, or another process of ours was faster.
  }
  for (let waited = 0; waited < 10_000 && isRunning(pid); waited += 20) await pause(20);
}

function readOwner(root: string, name: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(join(root, 'owner.json'), 'utf8')) as Partial<Owner>;
    if (typeof owner.pid === 'number' && typeof owner.started === 'string' && typeof owner.place === 'string') {
      return { pid: owner.pid, started: owner.started, place: owner.place, sockets: typeof owner.sockets === 'string' ? owner.sockets : '' };
    }
  } catch {
    // Killed between making the folder and writing the file, or not a server's folder at all.
  }
  const pid = Number(name.split('-')[0]);
  return Number.isInteger(pid) && pid > 0 ? { ...ownIdentity(), pid, started: '', sockets: '' } : null;
}

/** The folder that holds every server of this user; made when missing, refused when another user owns it. */
function familyFolder(user: ServerUser): string {
  const own = process.getuid?.();
  const family = join(tmpdir(), `deploy-wizard-${own ?? 'user'}`);
  mkdirSync(family, { recursive: true, mode: 0o700 });
  const state = lstatSync(family);
  if (!state.isDirectory() || (own !== undefined && state.uid !== own)) {
    throw new Error(`${family} belongs to another user; remove it, or set TMPDIR to a folder of yours`);
  }
  // The server's user must be able to pass through, not to look around.
  if (process.platform !== 'win32') chmodSync(family, user ? 0o711 : 0o700);
  return family;
}
