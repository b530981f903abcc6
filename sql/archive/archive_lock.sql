create or replace function _noetl.archive_lock()
returns bigint
language sql
immutable
parallel safe
return 7957695015191080561;

comment on function _noetl.archive_lock() is 'The key of the advisory lock of whoever compacts the archive.';
