create or replace function noetl.sweep_runtimes(at timestamptz default clock_timestamp())
returns bigint[]
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  with gone as (
    update noetl.runtime as r
    set status = 'offline', updated_at = at
    where r.runtime_id in (
      select overdue.runtime_id
      from noetl.runtime as overdue
      where overdue.status <> 'offline'
        and overdue.last_heartbeat < at - coalesce(overdue.heartbeat_timeout, _noetl.interval_setting('heartbeat_timeout'))
      for no key update skip locked
    )
    returning r.runtime_id
  )
  select coalesce(array_agg(gone.runtime_id order by gone.runtime_id), '{}') from gone;
end;

comment on function noetl.sweep_runtimes(timestamptz) is
  'Marks components offline whose last heartbeat is older than their heartbeat_timeout, or the setting of that name, and returns their ids. Several sessions may call it at once.';
