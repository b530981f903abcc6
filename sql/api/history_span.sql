create or replace function _noetl.history_span(step interval, since timestamptz, until timestamptz)
returns table (span_since timestamptz, span_until timestamptz)
language sql
stable
parallel safe
rows 3
begin atomic
  with level as (
    select
      l.length,
      -- a level begins where a bucket of the next coarser one ends
      coalesce(date_bin(b.bucket, now() - t.retention, 'epoch') + b.bucket, '-infinity') as first
    from (values ('raw', 0, 60), ('1m', 60, 3600), ('1h', 3600, 86400), ('1d', 86400, null)) as l (name, length, coarser)
    join _noetl.partitioned_table as t on t.level = l.name
    cross join lateral (
      select make_interval(secs => (l.coarser * ceil(extract(epoch from step) / l.coarser))::double precision) as bucket
    ) as b
  ),
  span as (
    select
      greatest(since, l.first) as since,
      least(until, lag(l.first) over (order by l.length)) as until
    from level as l
  )
  select s.since, s.until from span as s where s.since < s.until;
end;

comment on function _noetl.history_span(interval, timestamptz, timestamptz) is
  'The parts of a time range whose samples are no longer all there, each as noetl.series_history() should be asked for it so that it answers as finely as it can.';
