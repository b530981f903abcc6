import { Pool } from 'pg';
import { afterEach } from 'vitest';
import { surviveLostConnections } from '../../src/database.ts';
import { createSelfMetrics, type SelfMetrics } from '../../src/server/self.ts';

import { startWorker, type Worker, type WorkerConfig } from '../../src/worker/run.ts';

/** A worker that is stopped after the test, and what it said. */
export interface TestWorker extends Worker {
  readonly runtimeId: string;
  readonly self: SelfMetrics;
  readonly log: string[];
}

export const quick: WorkerConfig = {
  collectorInterval: 1,
  serverMetricsInterval: 1,
  workerMetricsInterval: 1,
  heartbeatInterval: 1,
  sweepInterval: 1,
};
/** After the first runs nothing happens for as long as a test takes. */
export const slow: WorkerConfig = {
  collectorInterval: 1000,
  serverMetricsInterval: 1000,
  workerMetricsInterval: 1000,
  heartbeatInterval: 1000,
  sweepInterval: 1000,
};

/** Starts a worker with a pool of its own, as each server has one. */
export function useWorkers(): (url: string, name: string, config: WorkerConfig) => Promise<TestWorker> {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });
  return async (url, name, config) => {
    const pool = new Pool({ connectionString: url });
    surviveLostConnections(pool, () => {});
    const { rows } = await pool.query<{ id: string }>(`select noetl.register_runtime($1, 'server_api') as id`, [name]);
    const runtimeId = rows[0]?.id ?? '';
    const self = createSelfMetrics();
    const log: string[] = [];
    const say = (...words: unknown[]): void => void log.push(String(words.at(-1)));
    const logger = { debug: () => {}, info: say, warn: say, error: say };
    const worker = await startWorker({ pool, config, logger, runtimeId, self });
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= worker.stop());
    stops.push(async () => {
      await stop();
      await pool.end();
    });
    return { runtimeId, self, log, stop };
  };
}
