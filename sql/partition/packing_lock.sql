create or replace function _noetl.packing_lock()
returns bigint
language sql
immutable
parallel safe
return 7957695015191080556;

comment on function _noetl.packing_lock() is 'The key of the advisory lock that whoever packs a partition holds to the end of its transaction.';
