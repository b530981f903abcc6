create or replace function _noetl.clock_lock()
returns bigint
language sql
immutable
parallel safe
return 7957695015191080562;

comment on function _noetl.clock_lock() is
  'The key of the advisory lock that whoever imports shares, and that keeps the times which he is about to refer to from being deleted.';
