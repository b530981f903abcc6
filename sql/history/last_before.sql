create or replace function _noetl.last_before(series_id bigint, level integer, before timestamptz)
returns double precision
language sql
stable
parallel safe
begin atomic
  select p.last
  from (
    (
      select r.last, r.last_at
      from _noetl.rollup as r
      where r.series_id = last_before.series_id and r.level = 86400 and last_before.level = 86400 and r.bucket < before
      order by r.bucket desc
      limit 1
    )
    union all
    (
      select r.last, r.last_at
      from _noetl.rollup as r
      where r.series_id = last_before.series_id and r.level = 3600 and last_before.level in (3600, 86400) and r.bucket < before
      order by r.bucket desc
      limit 1
    )
    union all
    (
      select r.last, r.last_at
      from _noetl.rollup as r
      where r.series_id = last_before.series_id and r.level = 60 and last_before.level in (60, 3600, 86400) and r.bucket < before
      order by r.bucket desc
      limit 1
    )
    union all
    (
      select m.metric_value, m."timestamp"
      from noetl.metric as m
      where m.series_id in (select s.series_id from _noetl.series as s where s.canonical_id = last_before.series_id)
        and last_before.level = 0
        and m."timestamp" < before
      order by m."timestamp" desc, m.metric_id desc
      limit 1
    )
  ) as p
  order by p.last_at desc
  limit 1;
end;

comment on function _noetl.last_before(bigint, integer, timestamptz) is
  'The last value of a series before a moment, as far back as a level holds it; null: none.';
