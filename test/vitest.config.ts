import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { Summary } from './support/summary.ts';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', new Summary()],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    // A name such as "it.only" left behind would silently drop every other test.
    allowOnly: process.env['CI'] === undefined,
  },
});
