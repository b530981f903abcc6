import type { Client } from 'pg';
import type { TestDatabase } from '../support/database.ts';

/** The samples on the page as {line without value: value}, of the names that begin so. */
export async function samples(db: TestDatabase, prefix: string): Promise<Record<string, number>> {
  const text = await db.value<string>('select noetl.prometheus_text()');
  const lines = text.split('\n').filter((line) => line.startsWith(prefix));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]));
}

/** Every state of every queue that holds a job, as "queue state": jobs. */
export async function states(db: TestDatabase): Promise<Record<string, number>> {
  const rows = await db.rows<{ queue: string; state: string; jobs: string }>(
    `select h.queue, s.state, s.jobs
     from noetl.queue_health as h
     cross join lateral (values
       ('ready', ready), ('blocked', blocked), ('scheduled', scheduled), ('retrying', retrying),
       ('running', running), ('stuck', stuck), ('failed', failed), ('overdue', promotion_overdue)) as s (state, jobs)
     where s.jobs > 0
     order by 1, 2`,
  );
  return Object.fromEntries(rows.map(({ queue, state, jobs }) => [`${queue} ${state}`, Number(jobs)]));
}

/** The `runs` table of the specification. */
export const runsTable = `
  create table public.runs (
    id bigint generated always as identity primary key,
    status text not null,
    run_at timestamptz,
    queued_at timestamptz default now(),
    started_at timestamptz,
    finished_at timestamptz,
    lease_expires_at timestamptz,
    blueprint text
  );
  create index on runs (status, run_at);
  create index on runs (status, queued_at);
  create index on runs (status, lease_expires_at);`;

export const registerRuns = `
  select noetl.register_queue('runs', 'public.runs', status => 'status', run_at => 'run_at', queued_at => 'queued_at',
    lease_expires_at => 'lease_expires_at', ready_status => 'QUEUED', running_status => 'RUNNING', prefix => 'xyn')`;

export interface Readings {
  readonly tracked: unknown;
  readonly counted: unknown;
}

/** One queue read both ways in one snapshot, as of one moment. */
export async function readings(of: Pick<TestDatabase, 'rows'> | Client): Promise<Readings> {
  const sql = `
    with q as materialized (select q, clock_timestamp() as at from _noetl.queue as q)
    select
      (select jsonb_agg(to_jsonb(r) - 'seen' order by r.member) from q, _noetl.read_queue(q.q, q.at) as r) as tracked,
      (select jsonb_agg(to_jsonb(r) - 'seen' order by r.member) from q, read_counted(q.q, q.at) as r) as counted
    from q`;
  const rows = 'rows' in of ? await of.rows<Readings & Record<string, unknown>>(sql) : (await of.query<Readings>(sql)).rows;
  const [row] = rows;
  if (row === undefined) throw new Error('no queue');
  return row;
}

/** The same reading as if the queue were not tracked. */
export const readCounted = `
  create function read_counted(queue _noetl.queue, at timestamptz) returns setof _noetl.queue_reading language plpgsql stable as $$
  begin
    return query execute _noetl.queue_statement(queue) using at;
  end $$`;
