create or replace view _noetl.metric_partition as
select
  i.inhrelid::regclass as partition,
  c.relname as name,
  b.text = 'DEFAULT' as is_overflow,
  (regexp_match(b.text, 'FROM \(''([^'']+)''\)'))[1]::timestamptz as lower,
  (regexp_match(b.text, 'TO \(''([^'']+)''\)'))[1]::timestamptz as upper
from pg_inherits as i
join pg_class as c on c.oid = i.inhrelid
cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as text) as b
where i.inhparent = 'noetl.metric'::regclass;

comment on view _noetl.metric_partition is
  'One row is one partition of noetl.metric with its half-open bounds, read from the catalogue; null in the overflow.';
