import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { Summary } from './support/summary.ts';

/**
 * What starts a server of its own, or looks at what comes out at the other end: the same whichever PostgreSQL the run is on.
 * The matrix does without.
 */
const onceIsEnough = [
  'test/start.test.ts',
  'test/embedded.test.ts',
  'test/exactness/restore.test.ts',
  'test/interop/prometheus.test.ts',
  'test/ui/page.test.ts',
];

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    exclude: process.env['TEST_PG_BINARIES'] === undefined ? [] : onceIsEnough,
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', new Summary()],
    pool: 'forks',
    maxWorkers: '100%', // most tests wait more than they compute
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } }, // a busy machine is no fault
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    // A name such as "it.only" left behind would silently drop every other test.
    allowOnly: process.env['CI'] === undefined,
  },
});
