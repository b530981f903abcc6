create or replace function _noetl.collector_lock()
returns integer
language sql
immutable
parallel safe
return 1852797043;

comment on function _noetl.collector_lock() is
  'The first key of the advisory lock held by whoever runs a collector; the second is the hash of its name.';
