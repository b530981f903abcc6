create or replace function _noetl.closed_samples(line_ids integer[], since timestamptz, until timestamptz)
returns table (line_id integer, written bigint, at_ms bigint[], vals double precision[])
language plpgsql
stable
parallel safe
rows 1000
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
begin
  return query
  with clock as materialized (
    select w.level, w.from_at, w.clock, cardinality(w.ms) as many, w.first, w.last, w.ms[w.first:w.last] as at_ms
    from (
      select t.level, t.from_at, t.clock, t.ms,
        width_bucket(ceil(extract(epoch from since) * 1000)::bigint - 1, t.ms) + 1 as first,
        width_bucket(floor(extract(epoch from until) * 1000)::bigint, t.ms) as last
      from (
        select c.level, c.from_at, c.clock, _noetl.decoded(1, c.scale, c.first, null, null, null, null, null, null, c.d2, c.d4, c.d8, c.f)::bigint[] as ms
        from _noetl.chunk as c
        where c.line_id = 0 and c.from_at between since - _noetl.longest_block() and until and c.until_at >= since
        offset 0
      ) as t
      offset 0
    ) as w
    where w.first <= w.last
  )
  -- As _noetl.decoded() does, but only from the first to the last place: what lies before is added up in one go. Slices
  -- are made once ("offset 0"), as each use of a stored array reads it anew; a window without "order by" needs no sort.
  select v.line_id, v.written, p.at_ms, p.vals
  from (
    select n.line_id, n.written, n.ended, n.first_place as first, n.at_ms, case
        when n.f is not null then n.f
        when n.m2 is not null then array(
          select (n.first + (n.m2[(i - 1) / 8 + 1] + n.o1[i]::integer)) / n.power from generate_series(n.first_place, n.last_place) as i)
        when n.h1 is not null then array(select (n.first + (256 * unnest(n.h1)::integer + unnest(n.o1[n.first_place:n.last_place])::integer)) / n.power)
        when n.o1 is not null then array(
          select (n.marks[(i - 1) / 64 + 1] + n.o1[i]::integer) / n.power from generate_series(n.first_place, n.last_place) as i)
        when n.o2 is not null and n.marks is null then array(select (n.first + unnest(n.o2)) / n.power)
        when n.o2 is not null then array(
          select (n.marks[(i - 1) / 16 + 1] + n.o2[i - n.first_place + 1]) / n.power from generate_series(n.first_place, n.last_place) as i)
        when n.o4 is not null and n.marks is null then array(select (n.first + unnest(n.o4)) / n.power)
        when n.o4 is not null then array(
          select (n.marks[(i - 1) / 16 + 1] + n.o4[i - n.first_place + 1]) / n.power from generate_series(n.first_place, n.last_place) as i)
        when n.d2 is not null then array(
          select case when u.d is not null then (n.base + sum(u.d) over (rows unbounded preceding)) / n.power end from (select unnest(n.d2[n.first_place:]) as d) as u)
        when n.d4 is not null then array(
          select case when u.d is not null then (n.base + sum(u.d) over (rows unbounded preceding)) / n.power end from (select unnest(n.d4[n.first_place:]) as d) as u)
        when n.d8 is not null then array(
          select case when u.d is not null then (n.base + sum(u.d::double precision) over (rows unbounded preceding)) / n.power end
          from (select unnest(n.d8[n.first_place:]) as d) as u)
        else array_fill(n.first / n.power, array[cardinality(n.at_ms)])
      end as vals
    from (
      select m.*, m.first + case
          when m.first_place = 1 then 0
          when m.d2 is not null then coalesce((select sum(u.d) from (select unnest(m.d2[:m.first_place - 1]) as d) as u), 0)
          when m.d4 is not null then coalesce((select sum(u.d) from (select unnest(m.d4[:m.first_place - 1]) as d) as u), 0)
          when m.d8 is not null then coalesce((select sum(u.d::double precision) from (select unnest(m.d8[:m.first_place - 1]) as d) as u), 0)
          else 0
        end as base
      from (
        select c.line_id, c.written, c.ended, c.first, k.first as first_place, k.last as last_place, k.at_ms, (10 ^ c.scale)::double precision as power,
          -- read from where it is kept, once
          case when c.marks is not null then array_cat(c.marks, '{}') end as marks, case when c.m2 is not null then array_cat(c.m2, '{}') end as m2, c.h1[k.first:k.last] as h1,
          case when c.o1 is not null then array_cat(c.o1, '{}') end as o1, c.o2[k.first:k.last] as o2, c.o4[k.first:k.last] as o4,
          c.d2[:k.last] as d2, c.d4[:k.last] as d4, c.d8[:k.last] as d8, c.f[k.first:k.last] as f
        from _noetl.chunk as c
        join clock as k on k.level = c.level and k.from_at = c.from_at and k.clock = c.clock
        where c.line_id = any (line_ids) and c.from_at between since - _noetl.longest_block() and until and c.until_at >= since
        offset 0
      ) as m
      offset 0
    ) as n
    offset 0
  ) as v
  cross join lateral _noetl.present_samples(v.at_ms, v.vals, v.ended, v.first - 1) as p
  where p.at_ms is not null;
end
$$;

comment on function _noetl.closed_samples(integer[], timestamptz, timestamptz) is
  'What _noetl.line_samples() gives, of closed blocks: one row is one chunk, and where two overlap the one written later counts.';
