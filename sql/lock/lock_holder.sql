create or replace view _noetl.lock_holder as
select l.name, a.pid, a.usename as "user", a.application_name, a.client_addr, a.state, a.xact_start as since
from _noetl.lock as l
join pg_locks as k on k.locktype = 'transactionid' and k.transactionid = l.xmax and k.granted and k.pid is not null
join pg_stat_activity as a on a.pid = k.pid;

comment on view _noetl.lock_holder is 'One row is one lock of the installation that somebody has at the moment, and who.';
comment on column _noetl.lock_holder.since is 'When the holder''s transaction began, which keeps the lock to its end.';
