create or replace function _noetl.fold_lock()
returns bigint
language sql
immutable
parallel safe
return 7957695015191080550;

comment on function _noetl.fold_lock() is 'The key of the advisory lock that whoever changes series, families or state holds to the end of its transaction.';
