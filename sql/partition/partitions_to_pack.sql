create or replace function _noetl.partitions_to_pack(at timestamptz)
returns setof regclass
language sql
stable
parallel safe
begin atomic
  select p.partition
  from _noetl.any_partition as p
  where p.level = 'raw'
    and p.upper_bound <= at - _noetl.interval_setting('packing_delay')
    and p.upper_bound > at - p.retention
    and pg_total_relation_size(p.partition) >= _noetl.integer_setting('packing_bytes')
    and not exists (select from _noetl.packing as k where k.partition = p.partition)
  order by p.lower_bound desc;
end;

comment on function _noetl.partitions_to_pack(timestamptz) is
  'The days of noetl.metric that are over since the setting packing_delay, not expired, of at least packing_bytes and not packed; the latest first.';
