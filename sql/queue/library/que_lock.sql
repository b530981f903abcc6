create or replace view _noetl.que_lock as
select distinct (a.classid::bigint << 32) + a.objid::bigint as id
from pg_locks as a
join pg_database as d on d.oid = a.database and d.datname = current_database()
where a.locktype = 'advisory' and a.objsubid = 1 and a.granted;

comment on view _noetl.que_lock is 'One row is one key of 64 bits under which some session of this database holds an advisory lock: for Que the id of a job that is being worked on.';
