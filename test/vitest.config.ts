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
  'test/readme-http.test.ts',
  'test/api/openapi.test.ts',
  'test/client/**',
  'test/role/server.test.ts',
  'test/server/**',
  'test/support/openmetrics.test.ts',
  'test/worker/**',
  // looks at what comes out at the other end; that it comes out the same is tested on every PostgreSQL
  'test/alert/beside-prometheus.test.ts',
  'test/alert/firing.test.ts',
  'test/dashboard/**',
  'test/forwarding/remote-write.test.ts',
  'test/archive/prometheus.test.ts',
  'test/interop/**',
  'test/promql/clients.test.ts',
  'test/promql/grammar.test.ts',
  'test/ui/**',
];

/** Could differ where PostgreSQL was changed inside (recovery, locks, plans under load): on the oldest and the newest. */
const endsAreEnough = [
  'test/collector/import.test.ts',
  'test/collector/judged.test.ts',
  'test/collector/schedule.test.ts',
  'test/exactness/**',
  'test/fault/**',
  'test/partition/concurrency.test.ts',
  'test/promql/random.test.ts',
  'test/queue/driven.test.ts',
  'test/queue/libraries.test.ts',
];

/** Where this run is in the matrix; undefined in the run on the newest PostgreSQL. */
const place = process.env['TEST_MATRIX'];

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    exclude: place === undefined ? [] : place === 'end' ? onceIsEnough : [...onceIsEnough, ...endsAreEnough],
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
