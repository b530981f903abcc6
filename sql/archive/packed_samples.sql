create or replace function _noetl.packed_samples(line_ids integer[], since timestamptz, until timestamptz, rising boolean)
returns table (told integer[], at_ms bigint[], samples text[], lines _noetl.packed_line[])
language plpgsql
stable
parallel safe
security definer
rows 10
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
begin
  return query
  with clock as materialized (
    -- few values are cut out; many are copied faster as a whole
    select r.*, r.last - r.first < 40 as is_cut, case when r.last - r.first < 40 then r.first - 1 else 0 end as skipped,
      case when r.last - r.first < 40 then r.last else cardinality(r.ms) end as reach, r.ms[r.first:r.last] as at_ms,
      row_number() over (order by r.ms[r.first]) as nth, count(*) over () > 1 as is_one_of_several
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
    ) as r
    where r.first <= r.last
  ),
  piece as (
    select p.*,
      case when rising and p.is_one_of_several then p.marks[case when p.is_marked then p.skipped / p.run else 0 end + 1]
        + coalesce(p.m2[p.skipped / 8 + 1] + p.o1[1]::integer, 256 * p.h1[1]::integer + p.o1[1]::integer, p.o1[1]::integer, p.o2[1], p.o4[1]) end as begins,
      case when rising and p.is_one_of_several then p.marks[case when p.is_marked then (p.reach - 1) / p.run else 0 end + 1]
        + coalesce(p.m2[(p.reach - 1) / 8 + 1] + p.o1[p.reach - p.skipped]::integer, 256 * p.h1[p.reach - p.skipped]::integer + p.o1[p.reach - p.skipped]::integer, p.o1[p.reach - p.skipped]::integer, p.o2[p.reach - p.skipped], p.o4[p.reach - p.skipped]) end as ends
    from (
      select c.line_id, k.nth, k.is_one_of_several, k.skipped, k.reach, c.scale, c.falls, coalesce(c.marks, array[c.first]) as marks, c.marks is not null as is_marked, array_cat(c.m2, '{}') as m2,
        c.falls is not null and c.d2 is null and c.d4 is null and c.d8 is null as is_packed,
        case when k.is_cut then c.h1[k.skipped + 1:k.reach] else array_cat(c.h1, '{}') end as h1,
        case when k.is_cut then c.o1[k.skipped + 1:k.reach] else array_cat(c.o1, '{}') end as o1,
        case
          -- all the same, beside blocks in which they are not
          when k.is_one_of_several and coalesce(cardinality(c.o1), cardinality(c.o2), cardinality(c.o4)) is null then array_fill(0::smallint, array[k.reach - k.skipped])
          when k.is_cut then c.o2[k.skipped + 1:k.reach]
          else array_cat(c.o2, '{}')
        end as o2,
        case when k.is_cut then c.o4[k.skipped + 1:k.reach] else array_cat(c.o4, '{}') end as o4,
        case when c.m2 is not null then 8 when c.h1 is not null then 16 when c.o1 is not null then 1 when c.o4 is not null then 4 when c.o2 is not null or k.is_one_of_several then 2 else 0 end as width,
        case when c.o1 is not null then 64 else 16 end as run
      from _noetl.chunk as c
      join clock as k on k.level = c.level and k.from_at = c.from_at and k.clock = c.clock
      where c.line_id = any (line_ids) and c.from_at between since - _noetl.longest_block() and until and c.until_at >= since
      offset 0
    ) as p
  ),
  line as (
    select p.line_id, min(p.width) as width, min(p.scale) as scale, array_agg(p.nth order by p.nth) as nths, array_agg(p.is_marked order by p.nth) as marked,
      _noetl.concatenated(p.marks order by p.nth) as marks, _noetl.concatenated(p.m2 order by p.nth) as m2, _noetl.concatenated(p.h1 order by p.nth) as h1, _noetl.concatenated(p.o1 order by p.nth) as o1,
      _noetl.concatenated(p.o2 order by p.nth) as o2, _noetl.concatenated(p.o4 order by p.nth) as o4,
      bool_or(p.falls) as falls, array_agg(p.begins order by p.nth) as begins, array_agg(p.ends order by p.nth) as ends
    from piece as p
    group by p.line_id
    having bool_and(p.is_packed) and min(p.width) = max(p.width) and min(p.scale) = max(p.scale)
  ),
  -- of lines that have samples in open blocks, too, nothing is told
  closed as (
    select l.*, k.name, k.labels
    from line as l
    join _noetl.line as k on k.line_id = l.line_id
    where (not rising or not l.falls and (select bool_and(u.begins >= u.ends) from unnest(l.begins[2:], l.ends) as u (begins, ends)) is not false)
      and not exists (
      select from _noetl.place as p where p.line_id = l.line_id and exists (select from _noetl.scrape as s where s.bundle = p.bundle and s.at between since and until))
  )
  select g.told, s.at_ms, s.samples, g.lines
  from (
    select c.width, c.scale, c.nths, c.marked, array_agg(c.line_id) as told, array_agg(row(c.name, c.labels, c.marks, c.m2, c.h1, c.o1, c.o2, c.o4)::_noetl.packed_line) as lines
    from closed as c
    group by 1, 2, 3, 4
  ) as g
  cross join lateral (
    select array_agg(k.at_ms[i - k.first + 1] order by k.place, i) as at_ms,
      array_agg(format(
          case when g.scale = 0 then '%s' else '(%s / ' || quote_literal(10 ^ g.scale) || '::float8)' end,
          format(case g.width when 0 then '%s' when 8 then '(%1$s + (l.m2[%3$s] + l.o1[%2$s]::integer))' when 16 then '(%1$s + (256 * l.h1[%2$s]::integer + l.o1[%2$s]::integer))' when 1 then '(%s + l.o1[%s]::integer)' when 2 then '(%s + l.o2[%s])' else '(%s + l.o4[%s])' end,
          format(case when m.mark <= 4 then 'l.mark_%s' else 'l.marks[%s]' end, m.mark), k.before + i - k.skipped, k.runs_before + (i - 1) / 8 + 1)) order by k.place, i) as samples,
      bool_and(k.follows) as are_in_order
    from (
      select k.first, k.last, k.skipped, k.at_ms, u.place, u.is_marked,
        sum(k.reach - k.skipped) over w - (k.reach - k.skipped) as before,
        sum(n.marks) over w - n.marks as marks_before,
        sum((cardinality(k.ms) - 1) / 8 + 1) over w - ((cardinality(k.ms) - 1) / 8 + 1) as runs_before,
        coalesce(k.at_ms[1] > lag(k.at_ms[cardinality(k.at_ms)]) over w, true) as follows
      from unnest(g.nths, g.marked) with ordinality as u (nth, is_marked, place)
      join clock as k on k.nth = u.nth
      cross join lateral (select case when u.is_marked then (cardinality(k.ms) - 1) / case g.width when 1 then 64 else 16 end + 1 else 1 end as marks) as n
      window w as (order by u.place)
    ) as k
    cross join lateral generate_series(k.first, k.last) as i
    cross join lateral (
      select k.marks_before + case when k.is_marked then (i - 1) / case g.width when 1 then 64 else 16 end + 1 else 1 end as mark
    ) as m
  ) as s
  where s.are_in_order;
end
$$;

comment on function _noetl.packed_samples(integer[], timestamptz, timestamptz, boolean) is
  'The samples of lines from since to until, both included, as their chunks hold them, of those lines that were always there, all in closed blocks: one row is lines with the same times at_ms in Unix milliseconds; samples: for each time the SQL expression of the value of a line l, which has the columns of _noetl.packed_line and its first marks as mark_1 to mark_4. rising: only lines whose values never fall. told: which lines the row tells of; of others _noetl.line_samples() tells.';
