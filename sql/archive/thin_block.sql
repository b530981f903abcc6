create or replace function _noetl.thin_block(from_at timestamptz, clock bigint)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  step bigint := (extract(epoch from _noetl.interval_setting('thinned_interval')) * 1000)::bigint;
  at_ms bigint[];
  kept boolean[];
  pending _noetl.pending_chunk[];
begin
  at_ms := (
    select _noetl.decoded(1, c.scale, c.first, null, null, null, null, null, null, c.d2, c.d4, c.d8, c.f)::bigint[]
    from _noetl.chunk as c
    where c.level = 'full' and c.line_id = 0 and c.from_at = thin_block.from_at and c.clock = thin_block.clock);
  -- Of every line the same scrapes stay, so that they go on sharing their times: the first of each interval, the first and the
  -- last of the block, those where a line ended, and both sides of each where a counter fell, came or went.
  with given as materialized (
    -- the values of counters that may fall or were not there all the time
    select c.line_id, c.ended,
      case when l.counter and c.falls is not false then
        _noetl.decoded(cardinality(at_ms), c.scale, c.first, c.marks, c.m2, c.h1, c.o1, c.o2, c.o4, c.d2, c.d4, c.d8, c.f) end as vals
    from _noetl.chunk as c
    join _noetl.line as l on l.line_id = c.line_id
    where c.level = 'full' and c.from_at = thin_block.from_at and c.clock = thin_block.clock
  ),
  turn as (
    select u.nth
    from given as g
    cross join lateral (
      -- the value before it, though the line was not there in between
      select v.nth, v.val, lag(v.val) over (order by v.nth) as before from unnest(g.vals) with ordinality as v (val, nth) where v.val is not null
    ) as u
    where u.val < u.before
    union
    select u.nth
    from given as g
    cross join lateral (
      select v.nth, v.val is null as absent, lag(v.val is null) over (order by v.nth) as before
      from unnest(g.vals) with ordinality as v (val, nth)
      where array_position(g.vals, null) is not null
    ) as u
    where u.absent <> u.before
  ),
  wanted as (
    select t.nth from turn as t
    union
    select t.nth - 1 from turn as t
    union
    select e.nth from given as g cross join lateral unnest(g.ended) as e (nth)
  )
  select array_agg(s.nth in (1, cardinality(at_ms)) or s.ms / step > s.before / step or s.nth in (select w.nth from wanted as w) order by s.nth)
  into kept
  from (
    select u.ms, u.nth, lag(u.ms) over (order by u.nth) as before from unnest(at_ms) with ordinality as u (ms, nth)
  ) as s;

  with gone as (
    delete from _noetl.chunk as c
    where c.level = 'full' and c.from_at = thin_block.from_at and c.clock = thin_block.clock
    returning c.*
  )
  select array_agg((w.line_id, thin_block.from_at, w.ms, w.vals, w.ended)::_noetl.pending_chunk)
  into pending
  from gone as g
  cross join lateral (
    select g.line_id, array_agg(u.ms order by u.nth) as ms, array_agg(u.val order by u.nth) as vals,
      array_agg(u.place order by u.nth) filter (where u.nth = any (g.ended)) as ended
    from (
      select t.ms, t.val, t.nth, (row_number() over (order by t.nth))::smallint as place
      from unnest(at_ms, _noetl.decoded(cardinality(at_ms), g.scale, g.first, g.marks, g.m2, g.h1, g.o1, g.o2, g.o4, g.d2, g.d4, g.d8, g.f), kept) with ordinality as t (ms, val, kept, nth)
      where t.kept
    ) as u
  ) as w
  where g.line_id <> 0;
  perform _noetl.write_chunks('thinned', pending);
  return cardinality(pending);
end
$$;

comment on function _noetl.thin_block(timestamptz, bigint) is
  'Keeps one scrape for each thinned_interval of the lines that share these times in a closed block, and whatever else the increase of a counter depends on; returns how many lines there were.';
