import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Task } from 'graphile-worker';
import { escapeLiteral, type Pool } from 'pg';
import { clock, rowsWithin } from '../server/database.ts';
import type { SelfMetrics } from '../server/self.ts';

export interface CollectorParts {
  readonly pool: Pool;
  readonly logger: Pick<FastifyBaseLogger, 'error' | 'info'>;
  readonly self?: SelfMetrics | undefined;
  /** The schema of graphile-worker. */
  readonly schema: string;
  /** Seconds between two looks at a queue. */
  readonly queueInterval: number;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
}

/** The collectors of `noetl.collector`: each is one job, which any server may run. */
export interface Collectors {
  /** Gives each collector a job; resolves with a promise that what had never run has run here. */
  start(): Promise<{ firstRuns: Promise<void> }>;
  /** Runs the collector that the payload names, and plans its next run. */
  readonly task: Task;
}

export const collectTask = 'noetl:collect';

/** Milliseconds: the longest that a collector's own timeout can be, and some for writing down that it passed. */
const longestRun = 65_000;
/** Milliseconds for any other statement. */
const patience = 5000;

export function createCollectors({ pool, logger, self, schema, queueInterval, signal }: CollectorParts): Collectors {
  const execute = async <R extends unknown[]>(sql: string, within = patience): Promise<R[]> =>
    rowsWithin<R>(pool, sql, { deadline: clock() + within });
  const failing = new Map<string, string>();
  const awaited = new Set<string>();
  let allRun = ignore;

  /** Logs a failure when it is new, however often it comes. */
  const judge = (name: string, error: string | null): void => {
    self?.countCollectorError(name, error === null ? 0 : 1);
    const before = failing.get(name);
    if (error === null) {
      if (failing.delete(name)) logger.info(`collector ${name} works again`);
    } else if (error !== before) {
      failing.set(name, error);
      logger.error(`collector ${name} failed: ${error}`);
    }
  };

  /** graphile-worker looks for jobs every two seconds. A beat is met to the millisecond because somebody says that it is one. */
  const announce = (wait: number | null): void => {
    if (wait === null) return;
    setTimeout(() => {
      if (signal.aborted) return;
      execute(`select pg_notify('jobs:insert', json_build_object('r', random(), 'count', 1)::text)`).catch(ignore);
    }, Math.max(0, wait) + 1).unref();
  };

  /**
   * One message, so one transaction: no function can set its own timeout, so the collector's is set before it. The
   * collector's failure is caught inside, and written down with what it stored, and its next run is planned.
   */
  const tick = async (name: string, beat: string): Promise<void> => {
    const collector = escapeLiteral(name);
    const [row] = await execute<[error: string | null, wait: number | null]>(
      `select set_config('statement_timeout', ceil(extract(epoch from c.timeout) * 1000)::bigint::text, true)
       from noetl.collector as c where c.name = ${collector};
       select noetl.run_collector(c.name, ${escapeLiteral(beat)}) from noetl.collector as c where c.name = ${collector} and c.enabled;
       set local statement_timeout = ${patience};
       select s.error, p.wait
       from _noetl.plan_collectors(${collector}) as p (wait)
       left join noetl.collector_status as s on s.name = ${collector}`,
      longestRun,
    );
    judge(name, row?.[0] ?? null);
    announce(row?.[1] ?? null);
  };

  return {
    start: async () => {
      await persistently(async () => {
        await execute(`
          set local lock_timeout = ${patience};
          select pg_advisory_xact_lock(_noetl.collector_lock(), 0);
          select noetl.register_queue('graphile_worker', schema => ${escapeLiteral(schema)})
          where not exists (select from _noetl.collector_schedule)
            and not exists (select from noetl.queue as q where q.name = 'graphile_worker')`);
      }).catch((error: unknown) => {
        logger.error(`the queue of graphile-worker is not registered: ${messageOf(error)}`);
      });
      const due = await execute<[string]>(`
        select s.name from noetl.collector_status as s where s.enabled and s.started_at is null`);
      for (const [name] of due) awaited.add(name);
      await persistently(async () => {
        await execute(`
          set local lock_timeout = ${patience};
          select _noetl.start_collectors(${escapeLiteral(schema)}, make_interval(secs => ${queueInterval}))`);
      });
      const firstRuns = new Promise<void>((resolve) => {
        allRun = resolve;
      });
      if (awaited.size === 0) allRun();
      return { firstRuns };
    },

    task: async (payload, { job }) => {
      const name = nameIn(payload);
      try {
        await tick(name, job.run_at.toISOString());
      } catch (error) {
        judge(name, messageOf(error));
        await execute(`select _noetl.plan_collectors(${escapeLiteral(name)})`);
      }
      if (awaited.delete(name) && awaited.size === 0) allRun();
    },
  };
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

function nameIn(payload: unknown): string {
  return typeof payload === 'object' && payload !== null && 'name' in payload ? String(payload.name) : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function ignore(): void {}
