create or replace function _noetl.partition_lock()
returns bigint
language sql
immutable
parallel safe
return 7957695015191080551;

comment on function _noetl.partition_lock() is 'The key of the advisory lock that whoever creates or drops partitions holds to the end of its transaction.';
