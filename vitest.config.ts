import { readFileSync, statfsSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4e9;

/** A file system in memory, where the machine has one that is large enough: servers and journals sync to it for nothing. */
function inMemory(): Record<string, string> {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    const mounted = readFileSync('/proc/mounts', 'utf8').split('\n').find((line) => line.split(' ')[1] === MEMORY);
    return bavail * bsize >= ENOUGH_BYTES && mounted !== undefined && !/\bnoexec\b/.test(mounted) ? { TMPDIR: MEMORY } : {};
  } catch {
    return {};
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // The walks of whole guides by keys alone take minutes: npm run test:walks.
    exclude: process.env['WALKS'] === undefined ? [...configDefaults.exclude, 'test/pty/guides-*.test.ts'] : configDefaults.exclude,
    globalSetup: ['test/support/build.ts'],
    env: inMemory(),
    setupFiles: ['test/support/seed.ts'],
    // Generous: a slow machine is no fault of what is tested.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
