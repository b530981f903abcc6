import type { Client } from 'pg';

/** A job table of one's own, with an index for each question that is asked of it. */
export async function makeRuns(client: Client, table: string): Promise<void> {
  await client.query(`
    create table ${table} (
      id bigint generated always as identity primary key,
      status text not null,
      run_at timestamptz not null default now(),
      queued_at timestamptz not null default now(),
      lease_expires_at timestamptz
    );
    create index on ${table} (status, run_at);
    create index on ${table} (queued_at) where status = 'QUEUED';
    create index on ${table} (lease_expires_at) where status = 'RUNNING'`);
}

/** Says what the columns mean; `track` keeps the counts by triggers from now on. */
export async function registerRuns(client: Client, table: string, track: boolean): Promise<void> {
  await client.query(`
    select noetl.register_queue('${table}', '${table}', status => 'status', run_at => 'run_at', queued_at => 'queued_at',
      lease_expires_at => 'lease_expires_at', ready_status => 'QUEUED', running_status => 'RUNNING')`);
  if (track) await client.query(`select noetl.track_queue('${table}')`);
}

/** What one asks of it without us, every few seconds: X1 and X2 of the specification in four queries. */
export const plainQueries = {
  depth: 'select status::text as status, count(*)::float8 as jobs from runs group by status',
  due: `select count(*) filter (where run_at <= now())::float8 as ready, count(*) filter (where run_at > now())::float8 as scheduled
    from runs where status = 'QUEUED'`,
  oldest: `select coalesce(extract(epoch from now() - min(queued_at)), 0)::float8 as seconds
    from runs where status = 'QUEUED' and run_at <= now()`,
  leases: `select count(*) filter (where lease_expires_at < now())::float8 as expired, count(*) filter (where lease_expires_at >= now())::float8 as active
    from runs where status = 'RUNNING' and lease_expires_at is not null`,
} as const;
