create or replace function _noetl.fold_queue_changes()
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set jit = off
as $$
declare
  until timestamptz := clock_timestamp();
begin
  if not exists (select from _noetl.queue_tracking) then
    return;
  end if;
  insert into _noetl.queue_future as f (queue_id, class, member, due, jobs)
  select u.queue_id, u.class, u.member, u.due, sum(u.jobs)
  from _noetl.unfolded_queue_change as u
  join _noetl.queue_tracking as t using (queue_id)
  where u.class in ('q', 't', 'r') and u.due > until
  group by u.queue_id, u.class, u.member, u.due
  having sum(u.jobs) <> 0
  on conflict (queue_id, class, due, member) do update set jobs = f.jobs + excluded.jobs;

  with fallen_due as (
    delete from _noetl.queue_future as f
    using _noetl.queue_tracking as t
    where f.queue_id = t.queue_id and f.class in ('q', 't', 'r') and f.due <= until
    returning f.queue_id, f.class, f.member, 0 as jobs, f.jobs as due_jobs
  )
  insert into _noetl.queue_total as c (queue_id, class, member, jobs, due_jobs)
  select a.queue_id, a.class, a.member, sum(a.jobs), sum(a.due_jobs)
  from (
    select d.* from fallen_due as d
    union all
    select u.queue_id, u.class, u.member, u.jobs, case when u.due <= until then u.jobs else 0 end
    from _noetl.unfolded_queue_change as u
    join _noetl.queue_tracking as t using (queue_id)
  ) as a
  group by a.queue_id, a.class, a.member
  on conflict (queue_id, class, member) do update set jobs = c.jobs + excluded.jobs, due_jobs = c.due_jobs + excluded.due_jobs;

  delete from _noetl.queue_future as f
  using (select distinct u.queue_id, u.class, u.due from _noetl.unfolded_queue_change as u where u.due > until) as u
  where f.queue_id = u.queue_id and f.class = u.class and f.due = u.due and f.jobs = 0;
  delete from _noetl.queue_total as c where c.jobs = 0 and c.due_jobs = 0;
  update _noetl.queue_tracking as t set horizon = until where t.horizon < until;
  update _noetl.queue_change_slot as s
  set drained_at = null, witnesses = null
  where s.drained_at is not null and s.slot in (select u.slot from _noetl.unfolded_queue_change as u);
end
$$;

comment on function _noetl.fold_queue_changes() is
  'Adds the unfolded changes of tracked queues to their counts, and what fell due since the last fold to what is due. Called by the fold alone.';
