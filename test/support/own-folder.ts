import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4e9;

/** Gives the tests a folder of their own for all that they write, and takes it away after them. */
export default function ownFolder(): () => void {
  const before = process.env['TMPDIR'];
  const folder = mkdtempSync(join(inMemory() ? MEMORY : tmpdir(), 'dw-'));
  // The servers' own user passes through.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    // A server that has just been told to end may still write.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
}

/** Whether there is a file system in memory that is large enough: servers and journals sync to it for nothing. */
function inMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    const mounted = readFileSync('/proc/mounts', 'utf8').split('\n').find((line) => line.split(' ')[1] === MEMORY);
    return bavail * bsize >= ENOUGH_BYTES && mounted !== undefined && !/\bnoexec\b/.test(mounted);
  } catch {
    return false;
  }
}
