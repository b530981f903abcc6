create or replace function _noetl.fold_queue_changes()
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set jit = off
set max_parallel_workers_per_gather = 0
as $$
declare
  until timestamptz := clock_timestamp();
  taken timestamptz[];
begin
  if not exists (select from _noetl.queue_tracking) then
    return;
  end if;
  with change as materialized (
    select u.queue_id, u.state, u.member, u.due, sum(u.jobs) as jobs
    from _noetl.unfolded_queue_change as u
    where u.queue_id in (select t.queue_id from _noetl.queue_tracking as t)
    group by u.queue_id, u.state, u.member, u.due
    having sum(u.jobs) <> 0
  ),
  later as (
    insert into _noetl.queue_future as f (queue_id, state, member, due, jobs)
    select c.queue_id, c.state, c.member, c.due, c.jobs
    from change as c
    where c.due > until
    on conflict (queue_id, state, due, member) do update set jobs = f.jobs + excluded.jobs
  ),
  fallen_due as (
    delete from _noetl.queue_future as f
    using _noetl.queue_tracking as t
    where f.queue_id = t.queue_id and f.state in ('queued', 'queued_retry', 'scheduled', 'scheduled_retry', 'leased', 'last_lease') and f.due <= until
    returning f.queue_id, f.state, f.member, f.jobs
  ),
  added as (
    insert into _noetl.queue_total as o (queue_id, state, member, jobs, due_jobs)
    select a.queue_id, a.state, a.member, sum(a.jobs), sum(a.due_jobs)
    from (
      select d.queue_id, d.state, d.member, 0 as jobs, d.jobs as due_jobs from fallen_due as d
      union all
      select c.queue_id, c.state, c.member, c.jobs, case when c.due <= until then c.jobs else 0 end from change as c
    ) as a
    group by a.queue_id, a.state, a.member
    on conflict (queue_id, state, member) do update set jobs = o.jobs + excluded.jobs, due_jobs = o.due_jobs + excluded.due_jobs
  )
  select array_agg(c.due) filter (where c.jobs < 0 and c.due > until) into taken
  from change as c;

  delete from _noetl.queue_future as f
  using _noetl.queue_tracking as t, unnest(taken) as u (due)
  where f.queue_id = t.queue_id and f.state in ('queued', 'queued_retry', 'scheduled', 'scheduled_retry', 'leased', 'last_lease') and f.due = u.due and f.jobs = 0;
  delete from _noetl.queue_total as c where c.jobs = 0 and c.due_jobs = 0;
  update _noetl.queue_tracking as t set horizon = until where t.horizon < until;
  update _noetl.queue_change_slot as s
  set drained_at = null, open_transactions = null
  where s.drained_at is not null and s.slot in (select u.slot from _noetl.unfolded_queue_change as u);
end
$$;

comment on function _noetl.fold_queue_changes() is
  'Adds the unfolded changes of tracked queues to their counts, and what fell due since the last fold to what is due. Called by the fold alone.';
