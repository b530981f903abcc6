create or replace function noetl.sweep_runtimes(at timestamptz default clock_timestamp())
returns bigint[]
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  -- beats of a clock that has been set back since: from now on they age like others
  update noetl.runtime as r
  set last_heartbeat = clock_timestamp()
  where r.runtime_id in (
    select early.runtime_id
    from noetl.runtime as early
    where early.status in ('ready', 'busy') and early.last_heartbeat > clock_timestamp() + interval '1 second'
    for no key update skip locked
  );
  with gone as (
    update noetl.runtime as r
    set status = case when r.leaves_silently then 'offline' else 'lost' end, updated_at = at
    where r.runtime_id in (
      select overdue.runtime_id
      from noetl.runtime as overdue
      where overdue.status in ('ready', 'busy')
        and overdue.last_heartbeat < at - coalesce(overdue.heartbeat_timeout, _noetl.interval_setting('heartbeat_timeout'))
      for no key update skip locked
    )
    returning r.runtime_id
  )
  select coalesce(array_agg(gone.runtime_id order by gone.runtime_id), '{}') from gone;
end;

comment on function noetl.sweep_runtimes(timestamptz) is
  'Marks components as lost, or as offline if they leave silently, whose last heartbeat is older than their heartbeat_timeout, or the setting of that name, and returns their ids. A heartbeat that is yet to come, as the clock was set back, counts as one of now. Several sessions may call it at once.';
