create or replace view noetl.maintenance_step as
select
  row_number() over (order by s.place) as position,
  s.step,
  format('select * from noetl.maintain(%L)', s.step) as statement,
  s.what
from (
  values
    (5, 'retention', 'expires_at of new samples follows the setting retention, where it could not at once.'),
    (8, 'series', 'Series without samples or owner are removed.'),
    (11, 'alerts', 'The history of alerts and expired silences are forgotten after the setting alert_retention.')
  union all
  select t.place, 'partitions ' || t.level, format('The next missing partition of %s, and those of rows that wait in its overflow.', t.parent)
  from (
    select row_number() over (order by t.parent) as place, t.level, t.parent
    from _noetl.partitioned_table as t
  ) as t
  cross join lateral generate_series(1, greatest(1, (select count(*) from _noetl.partitions_needed_at(t.level, now()))))
  union all
  select 7, 'cleanup', 'Expired partitions are dropped.'
  from generate_series(0, (select count(*) from noetl.expired_partition) / 4)
  union all
  select 10, 'archive', 'A block of the archive that is over is closed, an old one is thinned, or many chunks become one: the next of these steps.'
  from generate_series(1, least(1000, (select count(*) * 4 from _noetl.archive_work(now())) + 1))
) as s (place, step, what);

comment on view noetl.maintenance_step is
  'One row is one step of the maintenance that is due now. Each statement belongs in a transaction of its own, in this order, every few minutes; running one twice, or two at once, does no harm. A step that would hold up writers for long stands there several times.';
