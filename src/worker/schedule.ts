import { escapeIdentifier, escapeLiteral, type Pool } from 'pg';
import { clock, rowsWithin } from '../server/database.ts';
import type { Chore } from './chores.ts';

/** How chores are written into the job queue. Times are the database's: servers' clocks differ. */
export interface Schedule {
  /** Adds the next run of a chore, on the beat of the run planned for `planned`; beats that have passed are skipped. */
  again(chore: Chore, planned: Date): Promise<void>;
  /** Gives a job, due now, to the chores that lost theirs, or to all; and clears away what dead servers left. */
  renew(chores: readonly Chore[], which: 'all' | 'lost'): Promise<void>;
  /** Takes chores out of the queue; one that is running is not run again. */
  remove(keys: readonly string[], deadline: number): Promise<void>;
}

/** No chore may take so long: whoever holds its job has died. */
const longestRun = '2 minutes';
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
      const list = escapeLiteral(JSON.stringify(chores.map(({ key, perServer }) => ({ key, mine: perServer }))));
      // A server that starts is the one who does its own chores: what is claimed was claimed by its former self.
      const taken =
        which === 'lost'
          ? 'job.locked_at is not null or job.attempts < job.max_attempts'
          : 'job.locked_at is not null and not chore.mine';
      await execute(`
        select
        from jsonb_to_recordset(${list}) as chore (key text, mine boolean),
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
