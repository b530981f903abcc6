create or replace function _noetl.close_block(bundle integer, from_at timestamptz, until timestamptz)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  absent double precision := _noetl.absent_value();
  block record;
  pending _noetl.pending_chunk[];
begin
  -- deleted and inserted in one transaction: whatever snapshot a reader has, it sees each sample once
  with gone as (
    delete from _noetl.scrape as s
    where s.bundle = close_block.bundle and s.at >= from_at and s.at < until
    returning s.at, s.vals, s.ended
  ),
  laid as materialized (
    select g.at, g.vals, g.ended from gone as g order by g.at
  )
  select
    array_agg(round(date_part('epoch', l.at) * 1000)::bigint) as at_ms,
    array_agg(array_replace(l.vals, null, absent)) as matrix,
    bool_or(absent = any (l.vals)) as ambiguous,
    (select array_agg((e.place, n.nth)::_noetl.ending)
      from (select l.ended, row_number() over (order by l.at) as nth from laid as l) as n
      cross join unnest(n.ended) as e (place)) as endings
  into block
  from laid as l;
  if block.at_ms is null then
    return 0;
  elsif block.ambiguous then
    raise exception 'absent: % is a value', absent using errcode = 'serialization_failure', hint = 'Call it again.';
  end if;

  pending := array(
    select (w.line_id, from_at, block.at_ms, w.vals, w.ended)::_noetl.pending_chunk
    from (
      select p.line_id, array_replace(array(select unnest(block.matrix[:][p.place:p.place])), absent, null) as vals,
        array(select e.nth::smallint from unnest(block.endings) as e where e.place = p.place order by e.nth) as ended
      from _noetl.place as p
      where p.bundle = close_block.bundle and p.line_id is not null
      offset 0
    ) as w
    where w.ended <> '{}' or array_remove(w.vals, null) <> '{}');
  perform _noetl.write_chunks('full', pending);
  return cardinality(block.at_ms)::bigint * cardinality(pending);
end
$$;

comment on function _noetl.close_block(integer, timestamptz, timestamptz) is
  'Makes chunks of the scrapes of a bundle from one time to another, which it deletes; returns how many samples they hold at most.';
