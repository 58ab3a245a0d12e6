import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // The walks of whole guides by keys alone take minutes: npm run test:walks.
    exclude: process.env['WALKS'] === undefined ? [...configDefaults.exclude, 'test/pty/guides-*.test.ts'] : configDefaults.exclude,
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/seed.ts'],
    // Generous: a slow machine is no fault of what is tested.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
