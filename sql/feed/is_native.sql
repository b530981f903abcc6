create or replace function _noetl.is_native(xmin xid, born xid8)
returns boolean
language sql
immutable
parallel safe
return (xmin::text::bigint - born::text::numeric % 4294967296 + 6442450944) % 4294967296 > 2147483648;

comment on function _noetl.is_native(xid, xid8) is
  'Whether a row version is younger than born, the making of this copy of the database, so not restored into it. Compares 32-bit transaction ids around the wrap, as the server does; rows stay in the feed for days, not for 2 billion transactions.';
