create or replace function _noetl.que_lock()
returns text
language sql
immutable
parallel safe
return '(select distinct (a.classid::bigint << 32) + a.objid::bigint as id from pg_locks as a '
  'join pg_database as d on d.oid = a.database and d.datname = current_database() '
  'where a.locktype = ''advisory'' and a.objsubid = 1 and a.granted)';

comment on function _noetl.que_lock() is
  'A subquery for the keys of 64 bits under which some session of this database holds an advisory lock: for Que the ids of the jobs that are being worked on. As text, because whoever owns the jobs reads it.';
