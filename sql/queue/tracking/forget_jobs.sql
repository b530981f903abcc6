create or replace function _noetl.forget_jobs(queue_id integer)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    -- the snapshot is older than the lock of the truncate, so that what is kept cannot be seen exactly
    insert into _noetl.queue_fault (queue_id, error)
    values (forget_jobs.queue_id, 'its table was truncated in a transaction that is not read committed');
    return;
  end if;
  insert into _noetl.queue_change (queue_id, state, member, due, jobs)
  select forget_jobs.queue_id, k.state, k.member, k.due, -sum(k.jobs)
  from _noetl.kept_jobs(forget_jobs.queue_id) as k
  group by k.state, k.member, k.due
  having sum(k.jobs) <> 0;
end
$$;

comment on function _noetl.forget_jobs(integer) is
  'Takes every job of a tracked queue out of its counts. In a transaction that is not read committed the counts are given up instead, until they are renewed.';
