create or replace function _noetl.open_samples(line_ids integer[], since timestamptz, until timestamptz)
returns table (line_id integer, at_ms bigint[], vals double precision[])
language plpgsql
stable
parallel safe
rows 1000
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  absent constant double precision := _noetl.absent_value();
  wanted record;
  block record;
  endings _noetl.ending[];
begin
  for wanted in
    select p.bundle, array_agg(p.place order by p.place) as places, array_agg(p.line_id order by p.place) as ids
    from _noetl.place as p
    where p.line_id = any (line_ids)
    group by p.bundle
  loop
    select
      array_agg(round(date_part('epoch', s.at) * 1000)::bigint) as at_ms,
      array_agg(array_replace(s.vals, null, absent)) filter (where cardinality(wanted.places) > 16) as matrix,
      bool_or(absent = any (s.vals)) as ambiguous,
      bool_or(s.ended is not null) as ends
    into block
    from (
      select r.at, r.vals, r.ended
      from _noetl.scrape as r
      where r.bundle = wanted.bundle and r.at between since and until
      order by r.at
    ) as s;
    continue when block.at_ms is null;

    endings := '{}';
    if block.ends then
      endings := array(
        select (e.place, s.nth)::_noetl.ending
        from (
          select r.ended, row_number() over (order by r.at) as nth
          from _noetl.scrape as r
          where r.bundle = wanted.bundle and r.at between since and until
        ) as s
        cross join unnest(s.ended) as e (place));
    end if;

    return query
    select w.line_id, p.at_ms, p.vals
    from (
      select u.line_id, u.place,
        case when block.matrix is not null and not block.ambiguous
          then array_replace(array(select unnest(block.matrix[:][u.place:u.place])), absent, null)
          else array(select r.vals[u.place] from _noetl.scrape as r where r.bundle = wanted.bundle and r.at between since and until order by r.at)
        end as vals
      from unnest(wanted.ids, wanted.places) as u (line_id, place)
      offset 0
    ) as w
    cross join lateral _noetl.present_samples(
      block.at_ms, w.vals, array(select e.nth::smallint from unnest(endings) as e where e.place = w.place), 0) as p
    where p.at_ms is not null;
  end loop;
end
$$;

comment on function _noetl.open_samples(integer[], timestamptz, timestamptz) is
  'What _noetl.line_samples() gives, of scrapes whose block is still open. Bundles whose lines are mostly wanted are transposed as a whole.';
