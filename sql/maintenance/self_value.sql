create or replace view _noetl.self_value as
with size as materialized (
  select p.level, count(*) as partitions, sum(p.rows) as rows, sum(p.bytes) as bytes, sum(p.rows) filter (where p.is_overflow) as overflow_rows
  from noetl.partition as p
  group by p.level
)
select 'noetl_partition_coverage_ahead' as name, '' as page_labels, _noetl.days_covered(now())::double precision as value
union all
select v.name, format('level="%s"', s.level), v.value::double precision
from size as s
cross join lateral (values
  ('noetl_partitions', s.partitions),
  ('noetl_partition_rows', s.rows),
  ('noetl_partition_bytes', s.bytes),
  ('noetl_overflow_rows', s.overflow_rows)
) as v (name, value)
union all
select v.name, format('step="%s"', m.step), v.value::double precision
from noetl.maintenance as m
cross join lateral (values
  ('noetl_maintenance_last_run_timestamp_seconds', extract(epoch from m.started_at)),
  ('noetl_maintenance_duration_seconds', m.duration_seconds),
  ('noetl_maintenance_left_over', cardinality(m.left_over)),
  ('noetl_maintenance_failures_total', m.failures)
) as v (name, value)
where v.value is not null;

comment on view _noetl.self_value is
  'One row is one figure of the database about itself, of a family that the migrations declare; collectors of their own put them on the page.';
