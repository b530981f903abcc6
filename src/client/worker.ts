import { readConfig } from '../config.ts';
import type { WorkerState } from '../host/probes.ts';
import type { MetricsCollector } from './collector.ts';

/** A worker that is watched. */
export interface WorkerOptions {
  /** Asked for each report and each heartbeat; a promise, too. */
  readonly state: () => WorkerState | Promise<WorkerState>;
  /** Seconds between reports; without it `NOETL_WORKER_METRICS_INTERVAL`, else 60. */
  readonly metricsInterval?: number;
  /** Seconds between heartbeats; without it `NOETL_WORKER_HEARTBEAT_INTERVAL`, else 15. */
  readonly heartbeatInterval?: number;
  /** Told of what could not be read. What it throws is ignored. */
  readonly onError?: (error: Error) => void;
}

/**
 * Beats for a worker and reports what a process knows of itself: processors and memory of the machine and of the process,
 * uptime, running and waiting tasks, status. The collector's component is the worker; of a type that begins with `worker`
 * it is counted in `noetl_workers_alive`. What it returns stops that and marks the worker offline.
 *
 * @throws where the collector has no component, or a variable of the environment is wrong.
 */
export function watchWorker(collector: MetricsCollector, { state, onError, ...given }: WorkerOptions): () => Promise<void> {
  if (collector.component === undefined) throw new TypeError('watchWorker: the collector needs a component, which the worker is');
  const { NOETL_WORKER_METRICS_INTERVAL, NOETL_WORKER_HEARTBEAT_INTERVAL } = process.env;
  const config = readConfig({ NOETL_WORKER_METRICS_INTERVAL, NOETL_WORKER_HEARTBEAT_INTERVAL });
  const { metricsInterval = config.workerMetricsInterval, heartbeatInterval = config.heartbeatInterval } = given;

  let left = false;
  // read only where a worker is watched: it loads what reads the machine
  const probes = import('../host/probes.ts').then(({ workerSources, workerSamples, workerStatus }) => ({
    sources: workerSources(),
    workerSamples,
    workerStatus,
  }));
  const tell = (error: unknown): void => {
    try {
      onError?.(error instanceof Error ? error : new Error(String(error)));
    } catch {
      // whoever listens must not break what is watched
    }
  };
  const carefully = (act: () => Promise<void>) => async (): Promise<void> => act().catch(tell);
  const beat = carefully(async () => {
    const { workerStatus } = await probes;
    const status = workerStatus(await state());
    if (!left) collector.heartbeat(status); // a beat that is late must not bring it back
  });
  const report = carefully(async () => {
    const { sources, workerSamples } = await probes;
    const readings = await Promise.allSettled([
      ...sources.map(async (source) => source.read()),
      (async () => workerSamples(await state()))(),
    ]);
    if (left) return;
    const timestamp = new Date().toISOString();
    for (const reading of readings) {
      if (reading.status === 'fulfilled') for (const sample of reading.value) collector.recordSample({ ...sample, timestamp });
      else tell(reading.reason);
    }
  });

  const timers = [setInterval(() => void beat(), heartbeatInterval * 1000), setInterval(() => void report(), metricsInterval * 1000)];
  for (const timer of timers) timer.unref();
  void beat().then(report);
  return async () => {
    for (const timer of timers) clearInterval(timer);
    left = true;
    collector.heartbeat('offline');
    await collector.flush();
  };
}
