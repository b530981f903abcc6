import { escapeIdentifier, escapeLiteral, type Pool } from 'pg';
import { clock, rowsWithin } from '../server/database.ts';
import type { Chore } from './chores.ts';

/** How chores are written into the job queue. Times are the database's: servers' clocks differ. */
export interface Schedule {
  /** Adds the next run of a chore, on the beat of the run planned for `planned`; beats that have passed are skipped. */
  again(chore: Chore, planned: Date): Promise<void>;
  /** Makes every chore (or only those whose job is lost) due now, and clears away what dead servers left. */
  renew(chores: readonly Chore[], which: 'all' | 'lost'): Promise<void>;
  /** Takes chores out of the queue; one that is running is not run again. */
  remove(keys: readonly string[], deadline: number): Promise<void>;
}

/** Milliseconds for any of these statements, unless there is less time. */
const patience = 5000;

export function createSchedule(pool: Pool, workerSchema: string): Schedule {
  const schema = escapeIdentifier(workerSchema);
  const execute = async (sql: string, deadline = clock() + patience): Promise<void> => {
    await rowsWithin(pool, sql, deadline);
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

    // A job that has been claimed for five minutes belongs to a server that died: no chore may run for so long.
    renew: async (chores, which) => {
      const keys = escapeLiteral(JSON.stringify(chores.map((chore) => chore.key)));
      const running = `job.locked_at > now() - interval '5 minutes'`;
      const planned = `job.locked_at is null and job.attempts < job.max_attempts`;
      await execute(`
        select from jsonb_array_elements_text(${keys}) as chore (key), lateral ${schema}.add_job(key, job_key => key)
        where not exists (
          select from ${schema}.jobs as job
          where job.key = chore.key and (${running} ${which === 'lost' ? `or ${planned}` : ''})
        )`);
      await execute(`
        select from ${schema}.complete_jobs(array(
          select job.id
          from ${schema}.jobs as job
          where job.task_identifier like 'noetl:%'
            and (not (${planned}) or job.run_at < now() - interval '10 minutes')
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
