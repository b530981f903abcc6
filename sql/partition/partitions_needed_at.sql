create or replace function _noetl.partitions_needed_at(level text, at timestamptz)
returns setof date
language sql
stable
parallel safe
begin atomic
  with standing as materialized (
    select p.lower_bound, p.upper_bound from _noetl.any_partition as p where p.level = partitions_needed_at.level
  )
  select n.day
  from (
    select distinct _noetl.period(d, t.days) as day
    from _noetl.partitioned_table as t
    cross join unnest(_noetl.days_needed(at)) as d
    where t.level = partitions_needed_at.level
  ) as n
  where not exists (
    select from standing as s
    where s.lower_bound <= _noetl.day_start(n.day) and s.upper_bound > _noetl.day_start(n.day))
  order by n.day < _noetl.utc_day(at), n.day;
end;

comment on function _noetl.partitions_needed_at(text, timestamptz) is
  'The first days of the partitions that a level lacks around a moment, the most urgent first.';
