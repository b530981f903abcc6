create or replace function _noetl.unfolded_rollup(level integer, until timestamptz)
returns setof _noetl.rollup
language sql
stable
parallel safe
begin atomic
  select
    unfolded_rollup.level,
    s.series_id,
    s.bucket,
    count(*),
    sum(_noetl.summable(s.value)),
    min(s.value),
    max(s.value),
    max(s.value) filter (where s.is_first),
    max(s.value) filter (where s.is_last),
    sum(_noetl.counter_step(s.before, s.value)) filter (where s.is_total),
    min(s.at),
    max(s.at),
    max(s.ordinal) filter (where s.is_first),
    max(s.ordinal) filter (where s.is_last)
  from (
    select
      h.*,
      lag(h.value) over w as before,
      lag(h.at) over w is null as is_first,
      lead(h.at) over w is null as is_last
    from (
      select n.*, date_bin(make_interval(secs => unfolded_rollup.level), n.at, 'epoch') as bucket
      from _noetl.history_sample as n
      where n.at < until
    ) as h
    window w as (partition by h.series_id, h.bucket order by h.at, h.ordinal)
  ) as s
  group by s.series_id, s.bucket;
end;

comment on function _noetl.unfolded_rollup(integer, timestamptz) is
  'What the samples that history does not have yet come to in buckets of a level (60, 3600 or 86400 seconds), if dated before until.';
