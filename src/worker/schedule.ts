import { escapeIdentifier, escapeLiteral, type Pool } from 'pg';
import { clock, rowsWithin } from '../server/database.ts';
import type { Chore } from './chores.ts';

/** How chores are written into the job queue. Times are the database's: servers' clocks differ. */
export interface Schedule {
  /** Adds the next run of a chore, on the beat of the run planned for `planned`; beats that have passed are skipped. */
  again(chore: Chore, planned: Date): Promise<void>;
  /**
   * Gives a job, due now, to the chores that lost theirs, or to all, and to the collectors that lost theirs; and clears away
   * what dead servers left.
   */
  renew(chores: readonly Chore[], which: 'all' | 'lost'): Promise<void>;
  /** Takes chores out of the queue; one that is running is not run again. */
  remove(keys: readonly string[], deadline: number): Promise<void>;
}

/** No chore may take so long: whoever holds its job has died, and the job goes. */
const longestRun = '2 minutes';
/** Seconds that a chore's own timeout may be late: whoever holds its job for longer has died, and it gets another. */
const grace = 5;
/** Seconds that a chore may wait beyond its interval: whoever planned it did so before the clock was set back. */
const slack = 10;
/** No chore waits so long: its server has died. */
const longestWait = '10 minutes';
/** Milliseconds for any of these statements, unless there is less time. */
const patience = 5000;

export function createSchedule(pool: Pool, workerSchema: string): Schedule {
  const schema = escapeIdentifier(workerSchema);
  const execute = async (sql: string, deadline = clock() + patience): Promise<void> => {
    await rowsWithin(pool, sql, { deadline });
  };
  return {
    again: async ({ key, everySeconds }, planned) => {
      const from = `timestamptz ${escapeLiteral(planned.toISOString())}`;
      await execute(`
        select from ${schema}.add_job(
          ${escapeLiteral(key)},
          job_key => ${escapeLiteral(key)},
          run_at => ${from} + make_interval(secs =>
            ${everySeconds} * (1 + floor(extract(epoch from clock_timestamp() - ${from}) / ${everySeconds}))::float8)
        )`);
    },

    renew: async (chores, which) => {
      await execute(`
        select ${schema}.force_unlock_workers(array(
          select job.locked_by
          from ${schema}.jobs as job
          where job.task_identifier like 'noetl:%' and job.locked_at < now() - interval '${longestRun}'
        ))`);
      const list = escapeLiteral(
        JSON.stringify(
          chores.map(({ key, perServer, everySeconds, timeoutSeconds }) => ({
            key,
            mine: perServer,
            run: timeoutSeconds + grace,
            wait: everySeconds + slack,
          })),
        ),
      );
      const held = 'job.locked_at > now() - make_interval(secs => chore.run)';
      // A server that starts is the one who does its own chores: what is claimed was claimed by its former self.
      const taken =
        which === 'lost'
          ? `${held} or job.locked_at is null and job.attempts < job.max_attempts
              and job.run_at < now() + make_interval(secs => chore.wait)`
          : `${held} and not chore.mine`;
      await execute(`
        select
        from jsonb_to_recordset(${list}) as chore (key text, mine boolean, run float8, wait float8),
          lateral ${schema}.add_job(chore.key, job_key => chore.key)
        where not exists (select from ${schema}.jobs as job where job.key = chore.key and (${taken}))`);
      await execute(`
        select from ${schema}.complete_jobs(array(
          select job.id
          from ${schema}.jobs as job
          where job.task_identifier like 'noetl:%'
            and job.locked_at is null
            and (job.attempts >= job.max_attempts or job.run_at < now() - interval '${longestWait}')
        ))`);
      if (which === 'lost') await execute('select _noetl.plan_collectors()');
    },

    remove: async (keys, deadline) => {
      const list = escapeLiteral(JSON.stringify(keys));
      await execute(
        `select from jsonb_array_elements_text(${list}) as chore (key), lateral ${schema}.remove_job(key)`,
        deadline,
      );
    },
  };
}
