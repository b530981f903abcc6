create or replace function _noetl.line_history(
  line_ids integer[], since timestamptz, until timestamptz, step interval, origin timestamptz default 'epoch')
returns table (
  line_id integer,
  bucket timestamptz,
  count bigint,
  sum double precision,
  min double precision,
  max double precision,
  first double precision,
  last double precision,
  increase double precision
)
language plpgsql
stable
parallel safe
rows 1000
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  first_bucket timestamptz := date_bin(step, greatest(since, '1970-01-01 00:00+00'), origin);
  -- the last bucket that begins before until is whole
  past_last timestamptz := date_bin(step, least(until, '9999-01-01 00:00+00') - interval '1 microsecond', origin) + step;
begin
  return query
  with sample as (
    select s.line_id, u.ms, u.val, lag(u.val) over (partition by s.line_id order by u.ms) as before
    -- what was before the first bucket tells by how much a running total grew in it
    from _noetl.line_samples(line_ids, first_bucket - greatest(step, interval '1 hour'), past_last - interval '1 millisecond') as s
    cross join lateral unnest(s.at_ms, s.vals) as u (ms, val)
    where u.val is not null
  )
  select g.line_id, date_bin(step, to_timestamp(g.ms / 1000.0), origin), count(*), sum(_noetl.summable(g.val)), min(g.val), max(g.val),
    (array_agg(g.val order by g.ms))[1], (array_agg(g.val order by g.ms desc))[1],
    case when l.counter then sum(_noetl.counter_step(g.before, g.val)) end
  from sample as g
  join _noetl.line as l on l.line_id = g.line_id
  where to_timestamp(g.ms / 1000.0) >= first_bucket
  group by g.line_id, l.counter, date_bin(step, to_timestamp(g.ms / 1000.0), origin);
end
$$;

comment on function _noetl.line_history(integer[], timestamptz, timestamptz, interval, timestamptz) is
  'What the samples of lines came to in buckets of the length step, counted from origin: those that begin before until, the first one holding since. increase: what a running total grew since the last sample before the bucket, restarts from 0 counted in; null: the line is none. A bucket without samples has no row.';
