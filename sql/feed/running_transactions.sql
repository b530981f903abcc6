create or replace function _noetl.running_transactions()
returns text[]
language sql
volatile
parallel restricted
begin atomic
  select coalesce(array_agg(l.virtualtransaction), '{}')
  from pg_locks as l
  -- a session that is still connecting is not in it, and has read nothing of ours
  join pg_stat_activity as a on a.pid = l.pid
  where l.locktype = 'virtualxid'
    and l.pid <> pg_backend_pid()
    and a.datname = current_database();
end;

comment on function _noetl.running_transactions() is
  'The virtual transactions that other sessions of this database have open: each may hold a snapshot taken before now. Readable without any privilege, unlike a snapshot''s own age.';
