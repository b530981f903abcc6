create or replace function _noetl.merge_chunks(level text, line_ids integer[], from_at timestamptz, until timestamptz)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  pending _noetl.pending_chunk[];
begin
  with clock as materialized (
    select c.from_at, c.clock, _noetl.decoded(1, c.scale, c.first, null, null, null, null, null, null, c.d2, c.d4, c.d8, c.f)::bigint[] as at_ms
    from _noetl.chunk as c
    where c.level = merge_chunks.level and c.line_id = 0 and c.from_at >= merge_chunks.from_at and c.from_at < until
  ),
  gone as (
    delete from _noetl.chunk as c
    where c.level = merge_chunks.level and c.line_id = any (line_ids) and c.from_at >= merge_chunks.from_at and c.from_at < until
    returning c.*
  ),
  sample as (
    select distinct on (g.line_id, u.ms) g.line_id, u.ms, u.val
    from gone as g
    join clock as k on k.from_at = g.from_at and k.clock = g.clock
    cross join lateral _noetl.present_samples(
      k.at_ms, _noetl.decoded(cardinality(k.at_ms), g.scale, g.first, g.marks, g.m2, g.h1, g.o1, g.o2, g.o4, g.d2, g.d4, g.d8, g.f), g.ended, 0) as p
    cross join lateral unnest(p.at_ms, p.vals) as u (ms, val)
    order by g.line_id, u.ms, u.val is null, g.written desc
  )
  select array_agg((m.line_id, merge_chunks.from_at, m.ms, m.vals,
    case when array_position(m.vals, null) is not null
      then array(select u.nth::smallint from unnest(m.vals) with ordinality as u (val, nth) where u.val is null) end)::_noetl.pending_chunk)
  into pending
  from (
    select s.line_id, array_agg(s.ms order by s.ms) as ms, array_agg(s.val order by s.ms) as vals
    from sample as s
    group by s.line_id
  ) as m;
  perform _noetl.write_chunks(level, pending);
  return cardinality(pending);
end
$$;

comment on function _noetl.merge_chunks(text, integer[], timestamptz, timestamptz) is
  'Makes one chunk of all that lines have in blocks of a level from one time to another; returns of how many lines. Of two values of one time the one written later stays.';
