create or replace function _noetl.import_lines(line_ids integer[], at_ms bigint[], vals double precision[])
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  block_ms constant bigint := 21600000; -- six hours
  pending _noetl.pending_chunk[];
begin
  -- the times that this is about to refer to are not deleted meanwhile
  perform from _noetl.lock as l where l.name = 'clocks' for key share;
  pending := array(
    select (g.line_id, to_timestamp(g.block * block_ms / 1000), g.ms, g.vals,
      case when array_position(g.vals, null) is not null
        then array(select u.nth::smallint from unnest(g.vals) with ordinality as u (val, nth) where u.val is null) end)::_noetl.pending_chunk
    from (
      select d.line_id, d.ms / block_ms as block, array_agg(d.ms order by d.ms) as ms, array_agg(d.val order by d.ms) as vals
      from (
        select distinct on (u.line_id, u.ms) u.line_id, u.ms, u.val
        from unnest(line_ids, at_ms, vals) with ordinality as u (line_id, ms, val, nth)
        order by u.line_id, u.ms, u.nth desc
      ) as d
      group by d.line_id, d.ms / block_ms
    ) as g);
  perform _noetl.write_chunks('imported', pending);
  perform _noetl.keep_late(pending);
  insert into _noetl.imported_block (from_at) select distinct p.from_at from unnest(pending) as p;
  perform _noetl.extend_lines(array_agg(p.line_id), array_agg(p.first), array_agg(p.last))
  from (
    select p.line_id, to_timestamp(min(p.at_ms[1]) / 1000.0) as first, to_timestamp(max(p.at_ms[cardinality(p.at_ms)]) / 1000.0) as last
    from unnest(pending) as p
    group by p.line_id
  ) as p;
  return cardinality(at_ms);
end
$$;

comment on function _noetl.import_lines(integer[], bigint[], double precision[]) is
  'Stores samples of lines with times of their own, in milliseconds since 1970; a null value: the line was found to have ended then. Of several at one time the last counts, also of those stored before. Returns how many there were.';
