create or replace function _noetl.full_xid(xmin text)
returns text
language sql
immutable
parallel safe
return format(
  '(select (u.upper - (u.upper - %s::text::numeric + 8589934592) %% 4294967296)::text::xid8 '
  'from (select pg_snapshot_xmax(pg_current_snapshot())::text::numeric) as u (upper))', xmin);

comment on function _noetl.full_xid(text) is
  'An expression for the whole id of the transaction of which a row holds the low 32 bits. As text, because whoever owns the rows reads it.';
