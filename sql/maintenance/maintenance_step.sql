create or replace view noetl.maintenance_step as
select s.position, s.step, format('select * from noetl.maintain(%L)', s.step) as statement, s.what
from (values
  (1, 'partitions raw', 'Partitions of noetl.metric: yesterday, today, the days ahead, and the days that wait in the overflow.'),
  (2, 'partitions 1m', 'The same for the history by minutes.'),
  (3, 'partitions 1h', 'The same for the history by hours.'),
  (4, 'partitions 1d', 'The same for the history by days.'),
  (5, 'retention', 'expires_at of new samples follows the setting retention, where it could not at once.'),
  (6, 'rollups', 'Hours and days that are over are made from minutes and hours.'),
  (7, 'cleanup', 'Expired partitions are dropped.'),
  (8, 'series', 'Series without samples or owner are removed.')
) as s (position, step, what);

comment on view noetl.maintenance_step is
  'One row is one step of maintenance. Each statement belongs in a transaction of its own, in this order, every few minutes; running one twice, or two at once, does no harm.';
