create or replace function _noetl.is_native(xmin xid, born bigint)
returns boolean
language sql
immutable
parallel safe
return coalesce((xmin::text::bigint - born + 6442450944) % 4294967296 > 2147483648, true);

comment on function _noetl.is_native(xid, bigint) is
  'Whether a row version is younger than born, the low 32 bits of the transaction that made this copy of the database, so not restored into it. Compares around the wrap, as the server does. Null born: longer ago than such a comparison reaches, when every row counts as native.';
