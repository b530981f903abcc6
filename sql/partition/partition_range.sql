create or replace function _noetl.partition_range(partition oid)
returns tstzrange
language sql
stable
parallel safe
-- bounds are printed as the session prints times, and "IST" is read as Israel's
set datestyle = 'ISO'
set timezone = 'UTC'
begin atomic
  select tstzrange(_noetl.printed_bound(b.text, 'FROM'), _noetl.printed_bound(b.text, 'TO'))
  from pg_class as c
  cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as text) as b
  where c.oid = partition_range.partition and b.text <> 'DEFAULT';
end;

comment on function _noetl.partition_range(oid) is 'The half-open time range of a partition, from the catalogue; null: it is the overflow.';
