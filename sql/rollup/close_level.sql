create or replace function _noetl.close_level(level integer, since timestamptz, until timestamptz)
returns bigint
language sql
volatile
parallel unsafe
begin atomic
  with closed as (
    insert into _noetl.rollup
    select
      close_level.level,
      f.series_id,
      f.coarse,
      sum(f.samples)::bigint,
      sum(f.total),
      min(f.low),
      max(f.high),
      max(f.first) filter (where f.is_first),
      max(f.last) filter (where f.is_last),
      sum(f.increase + _noetl.counter_step(f.before, f.first)),
      min(f.first_at),
      max(f.last_at),
      max(f.first_ordinal) filter (where f.is_first),
      max(f.last_ordinal) filter (where f.is_last)
    from (
      select
        r.*,
        lag(r.last) over w as before,
        lag(r.bucket) over w is null as is_first,
        lead(r.bucket) over w is null as is_last
      from (
        select n.*, date_bin(make_interval(secs => close_level.level), n.bucket, 'epoch') as coarse
        from _noetl.rollup as n
        where n.level = case close_level.level when 86400 then 3600 else 60 end
          and n.bucket >= since
          and n.bucket < until
      ) as r
      window w as (partition by r.series_id, r.coarse order by r.bucket)
    ) as f
    group by f.series_id, f.coarse
    returning 1
  ),
  progress as (
    update _noetl.rollup_progress as p set closed_until = until where p.level = close_level.level
  )
  select count(*) from closed;
end;

comment on function _noetl.close_level(integer, timestamptz, timestamptz) is
  'Makes the hours (3600) or days (86400) from since to until out of minutes or hours; returns how many rows. The caller holds the fold lock.';
