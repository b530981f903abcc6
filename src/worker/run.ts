import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { Logger, run, runMigrations, type Runner, type RunnerOptions, type WorkerEvents, type WorkerPool } from 'graphile-worker';
import { escapeIdentifier, escapeLiteral, type Pool } from 'pg';
import { hostProbes, workerSamples, type Probe } from '../host/probes.ts';
import { clock, rowsWithin } from '../database.ts';
import type { SelfMetrics } from '../server/self.ts';
import { createForward } from './forwarding.ts';
import { createNotify } from './notifications.ts';
import { createTicks } from './tick.ts';

type Log = Pick<FastifyBaseLogger, 'debug' | 'info' | 'warn' | 'error'>;

/** What may be configured; intervals are in seconds. */
export interface WorkerConfig {
  /** METRICS_COLLECTOR_INTERVAL */
  readonly collectorInterval: number;
  /** NOETL_SERVER_METRICS_INTERVAL */
  readonly serverMetricsInterval: number;
  /** NOETL_WORKER_METRICS_INTERVAL */
  readonly workerMetricsInterval: number;
  /** NOETL_WORKER_HEARTBEAT_INTERVAL */
  readonly heartbeatInterval: number;
  /** NOETL_RUNTIME_SWEEP_INTERVAL */
  readonly sweepInterval: number;
  /** The schema of graphile-worker, `graphile_worker` unless it has another. */
  readonly workerSchema?: string;
}

export interface WorkerParts {
  /** The caller's, guarded with `surviveLostConnections`. The worker keeps one connection and uses a few more. */
  readonly pool: Pool;
  readonly config: WorkerConfig;
  readonly logger: Log;
  /** The component of this server, from `noetl.register_runtime`. */
  readonly runtimeId: string;
  /** Where failures are counted, so that they are on this server's page. */
  readonly self?: SelfMetrics;
}

export interface Worker {
  /** Within 2 s: what runs is ended, its jobs are given back, this server's own ticks are removed and it is offline. */
  stop(): Promise<void>;
}

/** A tick of all servers and one of our own. */
const concurrency = 2;
/** Milliseconds, all of them. */
/** For what nobody announces: ticks are announced on their beat by whoever planned or renewed them. */
const pollInterval = 10_000;
const healEvery = 10_000;
const firstTicksWithin = 4000;
const restartAfter = 2000;
const abortJobsAfter = 700;
const stopRunnerWithin = 1200;
const signOffWithin = 600;
const patience = 5000;
/** A job is looked for so long after its beat, and again should another server's clock or a timer have been early. */
const nudges = [2, 100, 1000];

/**
 * Does what is due in ticks, which are jobs of graphile-worker, until stopped. Resolves when the first figures are stored,
 * or after four seconds.
 *
 * graphile-worker's cron knows only minutes, so each tick begins by adding the next one under the same key: however many
 * servers there are, there is one job. Every ten seconds each server looks whether it is still there.
 */
export async function startWorker({ pool, config, logger, runtimeId, self }: WorkerParts): Promise<Worker> {
  const schema = config.workerSchema ?? 'graphile_worker';
  const stop = new AbortController();
  const stopping = (): boolean => stop.signal.aborted;
  const toldToStop = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
  const execute = async (sql: string): Promise<unknown> => rowsWithin(pool, sql, { deadline: clock() + patience, patient: true });

  const report =
    (what: string) =>
    (error: unknown): undefined => {
      logger.error({ err: error }, `${what}: ${messageOf(error)}`);
    };

  let workers: WorkerPool | undefined;
  const timers = new Map<string, NodeJS.Timeout[]>();
  const announce = (key: string, wait: number): void => {
    for (const timer of timers.get(key) ?? []) clearTimeout(timer);
    timers.set(key, nudges.map((late) => setTimeout(() => workers?.nudge(1), wait + late).unref()));
  };
  const ticks = createTicks({
    pool,
    logger,
    self,
    runtimeId,
    announce,
    probes: [...hostProbes(), workerProbe(pool, schema, () => ticks.active)],
  });

  const parts = {
    execute: async <R extends unknown[]>(sql: string, within = patience) => rowsWithin<R>(pool, sql, { deadline: clock() + within, patient: true }),
    env: process.env,
    signal: stop.signal,
  };
  const notify = createNotify({ ...parts, report: report('a notification could not be recorded') });
  const forward = createForward({ ...parts, logger });

  const options = (): RunnerOptions => {
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => {
      workers = workerPool;
    });
    events.on('pool:gracefulShutdown', ({ workerPool }) => {
      if (workers === workerPool) workers = undefined;
    });
    return {
      pgPool: pool,
      schema,
      events,
      taskList: { ...ticks.tasks, 'noetl:notify': notify, 'noetl:forward': forward.task },
      parsedCronItems: [],
      concurrency,
      pollInterval,
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: abortJobsAfter,
      logger: new Logger(() => (level, message) => logger[levels[level]](message)),
      // Unbatched, a job whose end cannot be written rejects a promise that nobody holds, which ends the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    };
  };
  const prepare = async (): Promise<void> => {
    await runMigrations(options());
    await persistently(async () => {
      await execute(registration(schema));
    }).catch(report('the queue of graphile-worker is not registered'));
    await persistently(async () => {
      await execute(announcement(schema, config));
    });
  };
  logger.info(`Starting metrics collector (interval=${config.collectorInterval}s)`);
  await prepare();
  const firstTicks = ticks.first().catch(report('the first tick failed'));
  let runner = await run(options());

  /** Puts another runner in the place of one that has given up, as they do while the database is away. */
  const supervise = async (): Promise<void> => {
    while (!stopping()) {
      await Promise.race([toldToStop, end(runner)]).catch(report('the job runner ended'));
      let next: Runner | undefined;
      while (!stopping() && next === undefined) {
        await delay(restartAfter, undefined, { signal: stop.signal }).catch(ignore);
        if (stopping()) break;
        next = await prepare()
          .then(async () => run(options()))
          .catch(report('the job runner did not start'));
      }
      if (next !== undefined) runner = next;
    }
    await runner.stop().catch(report('the job runner did not stop'));
  };
  const supervision = supervise();
  const heal = setInterval(() => {
    ticks.renew().catch(report('the schedule could not be looked after'));
  }, healEvery);
  heal.unref();

  await Promise.race([firstTicks, delay(firstTicksWithin, undefined, { ref: false })]);
  return {
    stop: async () => {
      stop.abort();
      clearInterval(heal);
      for (const timer of [...timers.values()].flat()) clearTimeout(timer);
      const stopped = Promise.all([ticks.stop(abortJobsAfter), forward.stopped(), supervision]);
      await Promise.race([stopped, delay(stopRunnerWithin, undefined, { ref: false })]);
      const own = `${escapeIdentifier(schema)}.remove_job(_noetl.tick_key(${escapeLiteral(runtimeId)}))`;
      const limits = { deadline: clock() + signOffWithin, patient: true };
      await Promise.all([
        rowsWithin(pool, `select ${own}`, limits),
        rowsWithin(pool, `select noetl.heartbeat(${escapeLiteral(runtimeId)}, 'offline')`, limits),
      ]).catch(report('could not sign off'));
    },
  };
}

/** What graphile-worker would have to say of the worker that runs in this server. */
function workerProbe(pool: Pool, schema: string, active: () => number): Probe {
  return {
    name: 'worker',
    sources: [
      {
        name: 'jobs',
        read: async () => {
          const [row] = await rowsWithin<[number]>(
            pool,
            `select count(*)::integer from ${escapeIdentifier(schema)}.jobs as j
             where j.locked_at is null and j.attempts < j.max_attempts and j.run_at <= now()`,
            { deadline: clock() + patience, patient: true },
          );
          // besides this reading
          return workerSamples({ activeTasks: Math.max(0, active() - 1), queueSize: row?.[0] ?? Number.NaN });
        },
      },
    ],
  };
}

/** Registers the queue of our own jobs the first time that a server starts. */
function registration(schema: string): string {
  return `
    select _noetl.take_lock('start');
    select noetl.register_queue('graphile_worker', schema => ${escapeLiteral(schema)})
    where not exists (select from _noetl.collector_schedule as s where s.worker_schema is not null)
      and not exists (select from noetl.queue as q where q.name = 'graphile_worker')`;
}

function announcement(schema: string, config: WorkerConfig): string {
  const intervals = [
    config.collectorInterval,
    config.serverMetricsInterval,
    config.workerMetricsInterval,
    config.heartbeatInterval,
    config.sweepInterval,
  ];
  return `
    select _noetl.start_collectors(${[escapeLiteral(schema), ...intervals.map((seconds) => `make_interval(secs => ${seconds})`)].join(', ')})`;
}

/** Servers that start together may wait for each other for too long once, but not again. */
async function persistently(act: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await act();
      return;
    } catch (error) {
      if (attempt === 4) throw error;
      await delay(attempt * 250);
    }
  }
}

/**
 * A runner ends by itself when it cannot write the end of a job. Its promise tells, but not always: after two such
 * failures graphile-worker 0.17 waits for itself for ever. What it still does, its cron, is ended here.
 */
async function end(runner: Runner): Promise<void> {
  const givesUp = new Promise<void>((resolve) => runner.events.once('pool:gracefulShutdown', () => resolve()));
  await Promise.race([runner.promise, givesUp]);
  await runner.stop().catch(ignore); // it may have done so itself
}

const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'debug' } as const;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function ignore(): void {}
