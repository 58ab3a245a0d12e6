import { configDefaults, defineConfig } from 'vitest/config';

/** Files that keep their modules and their server to themselves: they end both on purpose, or watch what a process does. */
const ALONE = ['test/faults/**/*.test.ts', 'test/pty/**/*.test.ts'];
const LEFT_OUT = [
  ...configDefaults.exclude,
  // The walks of whole guides by keys alone take minutes: npm run test:walks.
  ...(process.env['WALKS'] === undefined ? ['test/pty/guides-*.test.ts'] : []),
];

export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts', 'test/support/own-folder.ts'],
    setupFiles: ['test/support/seed.ts'],
    // Generous: a slow machine is no fault of what is tested.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      // Loading the compiler, the screens and a server anew for each file takes half of the time.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.{ts,tsx}'], exclude: [...LEFT_OUT, ...ALONE], isolate: false } },
      { extends: true, test: { name: 'alone', include: ALONE, exclude: LEFT_OUT } },
    ],
  },
});
