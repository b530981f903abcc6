create or replace function _noetl.full_xid(xmin xid, upper xid8)
returns xid8
language sql
immutable
parallel safe
return (
  (upper::text::numeric - (upper::text::numeric - xmin::text::numeric + 8589934592) % 4294967296)::text
)::xid8;

comment on function _noetl.full_xid(xid, xid8) is 'The whole id of the transaction of which a row holds the low 32 bits, given that it began before upper.';
