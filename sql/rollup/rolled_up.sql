create or replace function _noetl.rolled_up(series_id bigint, finer integer, since timestamptz, seconds integer)
returns table (samples bigint, increase double precision)
language sql
stable
parallel safe
begin atomic
  select sum(f.samples)::bigint, sum(f.increase + _noetl.counter_step(f.before, f.first))
  from (
    select r.samples, r.increase, r.first, lag(r.last) over (order by r.bucket) as before
    from _noetl.rollup as r
    where r.level = finer
      and r.series_id = rolled_up.series_id
      and r.bucket >= since
      and r.bucket < since + make_interval(secs => seconds)
  ) as f;
end;

comment on function _noetl.rolled_up(bigint, integer, timestamptz, integer) is
  'How many samples of a series a level has in so many seconds, and how much its running total grew among them.';
