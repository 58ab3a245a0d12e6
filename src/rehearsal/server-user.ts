import { readFileSync } from 'node:fs';

/** A user that child processes run as; null means: as we are. */
export type ServerUser = { uid: number; gid: number } | null;

/**
 * PostgreSQL refuses to run as root ("cannot be run as root", initdb and
 * postgres alike), so under root the server gets another user.
 * @returns that user, or null where we are not root (or on Windows)
 */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return null;
  return lookUp('nobody') ?? { uid: 65534, gid: 65534 };
}

function lookUp(name: string): ServerUser {
  let accounts: string;
  try {
    accounts = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return null;
  }
  const fields = accounts.split('\n').map((line) => line.split(':')).find((line) => line[0] === name);
  const uid = Number(fields?.[2]);
  const gid = Number(fields?.[3]);
  // A negative id (macOS writes -2) is 32-bit unsigned to setuid.
  return Number.isInteger(uid) && Number.isInteger(gid) && uid !== 0 ? { uid: uid >>> 0, gid: gid >>> 0 } : null;
}
