import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { Logger, run, runMigrations, type Runner, type RunnerOptions, type TaskList } from 'graphile-worker';
import { escapeLiteral, type Pool } from 'pg';
import { clock, rowsWithin } from '../server/database.ts';
import type { SelfMetrics } from '../server/self.ts';
import { chores as choresOf, type Chore, type WorkerConfig } from './chores.ts';
import { collectTask, createCollectors } from './collectors.ts';
import { createSchedule } from './schedule.ts';

type Log = Pick<FastifyBaseLogger, 'debug' | 'info' | 'warn' | 'error'>;

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
  /** Within 2 s: what runs is ended, its jobs are given back, this server's chores are removed and it is offline. */
  stop(): Promise<void>;
}

const concurrency = 4;
/** Milliseconds, all of them. */
/** For what nobody announces: collectors are announced on their beat, chores may be late. */
const pollInterval = 2000;
const healEvery = 10_000;
const firstRunsWithin = 4000;
const restartAfter = 2000;
const abortJobsAfter = 700;
const stopRunnerWithin = 1200;
const signOffWithin = 600;

/**
 * Does the chores as jobs of graphile-worker, until stopped. Resolves when the first figures are stored, or after four
 * seconds.
 *
 * graphile-worker's cron knows only minutes, so each chore is a job that at its end adds the next run of itself under
 * the same key: however many servers there are, there is one job. At the start and then every ten seconds each server
 * looks for chores and collectors that have no job, or one whose server has died.
 */
export async function startWorker({ pool, config, logger, runtimeId, self }: WorkerParts): Promise<Worker> {
  const schema = config.workerSchema ?? 'graphile_worker';
  const schedule = createSchedule(pool, schema);
  const chores = choresOf({ pool, runtimeId, config });
  const stop = new AbortController();
  const stopping = (): boolean => stop.signal.aborted;
  const toldToStop = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));

  const collectors = createCollectors({
    pool,
    logger,
    self,
    schema,
    queueInterval: config.collectorInterval,
    signal: stop.signal,
  });

  const attempt = async (chore: Chore, signal: AbortSignal): Promise<void> => {
    try {
      await chore.run({ deadline: clock() + chore.timeoutSeconds * 1000, signal });
    } catch (error) {
      self?.countCollectorError(chore.name);
      logger.error({ err: error, collector: chore.name }, `collector ${chore.name} failed: ${messageOf(error)}`);
    }
  };

  const first = new Set(chores.filter((chore) => chore.first));
  let firstRunsDone = ignore;
  const firstRuns = new Promise<void>((resolve) => {
    firstRunsDone = resolve;
  });

  let firstCollections = Promise.resolve();

  const taskList: TaskList = { [collectTask]: collectors.task };
  for (const chore of chores) {
    self?.countCollectorError(chore.name, 0);
    taskList[chore.key] = async (_, { job, abortSignal }) => {
      await attempt(chore, abortSignal);
      if (first.delete(chore) && first.size === 0) firstRunsDone();
      if (!(chore.perServer && stopping())) await schedule.again(chore, job.run_at);
    };
  }

  const options = (): RunnerOptions => ({
    pgPool: pool,
    schema,
    taskList,
    parsedCronItems: [],
    concurrency,
    pollInterval,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: abortJobsAfter,
    logger: new Logger(() => (level, message) => logger[levels[level]](message)),
    // Unbatched, a job whose end cannot be written rejects a promise that nobody holds, which ends the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  const start = async (): Promise<Runner> => {
    await runMigrations(options());
    await schedule.renew(chores, 'all');
    ({ firstRuns: firstCollections } = await collectors.start());
    return run(options());
  };
  const report =
    (what: string) =>
    (error: unknown): undefined => {
      logger.error({ err: error }, `${what}: ${messageOf(error)}`);
    };

  logger.info(`Starting metrics collector (interval=${config.collectorInterval}s)`);
  let runner = await start();

  /** Puts another runner in the place of one that has given up, as they do while the database is away. */
  const supervise = async (): Promise<void> => {
    while (!stopping()) {
      await Promise.race([toldToStop, end(runner)]).catch(report('the job runner ended'));
      let next: Runner | undefined;
      while (!stopping() && next === undefined) {
        await delay(restartAfter, undefined, { signal: stop.signal }).catch(ignore);
        if (!stopping()) next = await start().catch(report('the job runner did not start'));
      }
      if (next !== undefined) runner = next;
    }
    await runner.stop().catch(report('the job runner did not stop'));
  };
  const supervision = supervise();
  const heal = setInterval(() => {
    schedule.renew(chores, 'lost').catch(report('the schedule could not be looked after'));
  }, healEvery);
  heal.unref();

  await Promise.race([Promise.all([firstRuns, firstCollections]), delay(firstRunsWithin, undefined, { ref: false })]);
  return {
    stop: async () => {
      stop.abort();
      clearInterval(heal);
      await Promise.race([supervision, delay(stopRunnerWithin, undefined, { ref: false })]);
      const keys = chores.filter((chore) => chore.perServer).map((chore) => chore.key);
      const deadline = clock() + signOffWithin;
      await Promise.all([
        schedule.remove(keys, deadline),
        rowsWithin(pool, `select noetl.heartbeat(${escapeLiteral(runtimeId)}, 'offline')`, { deadline }),
      ]).catch(report('could not sign off'));
    },
  };
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
