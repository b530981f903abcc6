import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { Summary } from './support/summary.ts';

/** The same whichever PostgreSQL the run is on. Only the run on the newest, the one of npm ci, has it. */
const onceIsEnough = [
  // starts Debian's server, or the one of npm ci
  'test/start.test.ts',
  'test/embedded.test.ts',
  'test/exactness/restore.test.ts',
  // is about Node: what the server and the client do with requests, sockets and processes
  'test/config.test.ts',
  'test/alert/notification.test.ts',
  'test/collector/schedule.test.ts',
  'test/collector/tick.test.ts',
  'test/fault/**',
  'test/forwarding/forwarding.test.ts',
  'test/readme-http.test.ts',
  'test/api/openapi.test.ts',
  'test/api/write.test.ts',
  'test/client/**',
  'test/role/server.test.ts',
  'test/server/**',
  'test/support/openmetrics.test.ts',
  'test/worker/**',
  // looks at what comes out at the other end; that it comes out the same is tested on every PostgreSQL
  'test/alert/beside-prometheus.test.ts',
  'test/alert/firing.test.ts',
  'test/dashboard/**',
  'test/forwarding/judged.test.ts',
  'test/forwarding/remote-write.test.ts',
  'test/archive/prometheus.test.ts',
  'test/interop/**',
  'test/pack/**',
  'test/prompt/**',
  'test/release/**',
  'test/promql/clients.test.ts',
  'test/promql/grammar.test.ts',
  'test/ui/**',
];

/**
 * What a PostgreSQL between the oldest and the newest could change: what it accepts, what its catalogue holds, and what comes of
 * it. How it recovers, locks and plans, and all that calls the same functions from elsewhere, is tested on the oldest and the newest.
 */
const dependsOnEach = [
  'test/install.test.ts',
  'test/standard.test.ts',
  'test/archive/compact.test.ts',
  'test/archive/scrape.test.ts',
  'test/collector/collector.test.ts',
  'test/core/exposition.test.ts',
  'test/core/known.test.ts',
  'test/core/life.test.ts',
  'test/core/sample.test.ts',
  'test/exactness/fold.test.ts',
  'test/partition/partitions.test.ts',
  'test/preset/**',
  'test/promql/evaluate.test.ts',
  'test/promql/select.test.ts',
  'test/queue/outcomes.test.ts',
  'test/queue/schemas.test.ts',
  'test/queue/tracking.test.ts',
  'test/role/rights.test.ts',
  'test/security/database.test.ts',
  'test/security/whose-rights.test.ts',
];

/** Where this run is in the matrix; undefined in the run on the newest PostgreSQL. */
const place = process.env['TEST_MATRIX'];

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: place === 'between' ? dependsOnEach : ['test/**/*.test.ts'],
    exclude: place === 'end' ? onceIsEnough : [],
    globalSetup: ['test/support/global-setup.ts'],
    runner: 'test/support/runner.ts',
    reporters: ['default', new Summary()],
    pool: 'forks',
    maxWorkers: 2 * availableParallelism(), // most tests wait more than they compute
    // They end what hangs. No test asks for less: a busy machine is no fault.
    testTimeout: 600_000,
    expect: { poll: { timeout: 300_000 } },
    hookTimeout: 600_000,
    teardownTimeout: 60_000,
    // A name such as "it.only" left behind would silently drop every other test.
    allowOnly: process.env['CI'] === undefined,
  },
});
