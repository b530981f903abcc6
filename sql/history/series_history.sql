create or replace function noetl.series_history(
  series_id bigint,
  since timestamptz,
  until timestamptz default now(),
  step interval default null
)
returns table (
  level text,
  seconds double precision,
  bucket timestamptz,
  count bigint,
  sum double precision,
  min double precision,
  max double precision,
  first double precision,
  last double precision,
  increase double precision
)
language sql
stable
parallel safe
begin atomic
  with choice as materialized (
    select
      l.level,
      l.name,
      l.seconds,
      make_interval(secs => l.seconds) as step,
      date_bin(make_interval(secs => l.seconds), since, 'epoch') as since,
      coalesce((select s.canonical_id from _noetl.series as s where s.series_id = series_history.series_id), series_history.series_id) as series_id
    from _noetl.history_level(since, step) as l
  ),
  part as (
    select
      p.*,
      c.name,
      c.seconds,
      date_bin(c.step, p.bucket, 'epoch') as bin,
      coalesce(lag(p.last) over (order by p.first_at, p.first_ordinal), _noetl.last_before(c.series_id, c.level, c.since)) as before
    from choice as c
    cross join lateral _noetl.history_part(c.series_id, c.level, c.since, until) as p
  )
  select
    p.name,
    p.seconds,
    p.bin,
    sum(p.samples)::bigint,
    sum(p.total),
    min(p.low),
    max(p.high),
    (array_agg(p.first order by p.first_at, p.first_ordinal))[1],
    (array_agg(p.last order by p.first_at desc, p.first_ordinal desc))[1],
    sum(p.increase + _noetl.counter_step(p.before, p.first))
  from part as p
  group by p.name, p.seconds, p.bin
  order by p.bin;
end;

comment on function noetl.series_history(bigint, timestamptz, timestamptz, interval) is
  'What the samples of one series came to in buckets of the length step, counted from 1970-01-01 UTC: those that begin before until, the first one holding since; null step: as fine as possible, from a minute. It is read from the finest level that still holds since – level says which: raw (steps below a minute), 1m, 1h, 1d – and seconds is the step that level could give. count, sum, min, max, first and last are of the values; increase is what a running total grew since the last sample of the bucket before, restarts from 0 counted in, and null for gauges. A bucket without samples has no row. Shows what is folded.';
