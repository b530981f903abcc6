create or replace function _noetl.hindrance(longer_than interval default interval '10 seconds')
returns table (what text, pid integer, "user" text, application text, state text, since timestamptz)
language sql
stable
parallel restricted
security definer
rows 5
set search_path = pg_catalog, pg_temp
begin atomic
  select h.name, h.pid, h."user"::text, h.application_name, h.state, h.since
  from _noetl.lock_holder as h
  where h.pid <> pg_backend_pid() and (h.since < clock_timestamp() - longer_than or h.since is null)
  union
  select left(w.query, 100), b.pid, b.usename::text, b.application_name, b.state, b.xact_start
  from pg_stat_activity as w
  cross join lateral unnest(pg_blocking_pids(w.pid)) as k (pid)
  join pg_stat_activity as b on b.pid = k.pid
  where w.datname = current_database() and w.wait_event_type = 'Lock' and starts_with(w.application_name, 'noetl-metrics')
    and w.query_start < clock_timestamp() - longer_than
  order by 6;
end;

comment on function _noetl.hindrance(interval) is
  'Who keeps the installation waiting for longer than that: one row is a session that has had one of its locks for so long, or that a session of a server waits for. what: the lock, or what the server would do. state and since (of the transaction) are null where the owner may not see them.';
