create or replace function noetl.blocked_session()
returns table (pid integer, blocked_by integer[], waits_seconds double precision, lock_mode text, relation text, role text, application text, query text, blocking_query text)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select distinct on (l.pid) l.pid, pg_blocking_pids(l.pid), extract(epoch from clock_timestamp() - l.waitstart)::double precision, l.mode,
    case when l.database = (select d.oid from pg_database as d where d.datname = current_database()) then l.relation::regclass::text end,
    a.usename::text, a.application_name, a.query,
    (select b.query from pg_stat_activity as b where b.pid = any (pg_blocking_pids(l.pid)) order by b.xact_start limit 1)
  from pg_locks as l
  left join pg_stat_activity as a on a.pid = l.pid
  where not l.granted
  order by l.pid;
end;

comment on function noetl.blocked_session() is
  'Who waits for whom: one row is one session that waits for a lock, with the processes that block it, for how many seconds, what it wants to do, and what the one that blocks it has done last. Null: the installation''s owner may not see it, for want of pg_monitor.';
