import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // The walks of whole guides by keys alone take minutes: npm run test:walks.
    exclude: process.env['WALKS'] === undefined ? [...configDefaults.exclude, 'test/pty/guides-*.test.ts'] : configDefaults.exclude,
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
