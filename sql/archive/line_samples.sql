create or replace function _noetl.line_samples(line_ids integer[], since timestamptz, until timestamptz)
returns table (line_id integer, clock bigint, at_ms bigint[], vals double precision[])
language plpgsql
stable
parallel safe
security definer
rows 1000
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  -- extract() of an infinite time is no number
  earliest timestamptz := greatest(since, '1970-01-01 00:00+00');
  latest timestamptz := least(until, '9999-01-01 00:00+00');
begin
  return query
  with piece as materialized (
    select o.line_id, 9223372036854775807 as written, o.at_ms, o.vals from _noetl.open_samples(line_ids, earliest, latest) as o
    union all
    select c.line_id, c.written, c.at_ms, c.vals from _noetl.closed_samples(line_ids, earliest, latest) as c
  ),
  laid as materialized (
    select w.line_id,
      bool_or(w.first <= w.reached) as overlap,
      _noetl.concatenated(w.at_ms order by w.first) as at_ms,
      _noetl.concatenated(w.vals order by w.first) as vals
    from (
      select p.line_id, p.at_ms, p.vals, p.at_ms[1] as first,
        max(p.at_ms[cardinality(p.at_ms)]) over (partition by p.line_id order by p.at_ms[1] rows between unbounded preceding and 1 preceding) as reached
      from piece as p
    ) as w
    group by w.line_id
  )
  select l.line_id, hash_array_extended(l.at_ms, 0), l.at_ms, l.vals
  from laid as l
  where l.overlap is not true
  union all
  select m.line_id, hash_array_extended(m.at_ms, 0), m.at_ms, m.vals
  from (
    select d.line_id, array_agg(d.ms order by d.ms) as at_ms, array_agg(d.val order by d.ms) as vals
    from (
      select distinct on (p.line_id, u.ms) p.line_id, u.ms, u.val
      from piece as p
      cross join lateral unnest(p.at_ms, p.vals) as u (ms, val)
      where p.line_id in (select l.line_id from laid as l where l.overlap)
      -- a value counts before an end at the same time
      order by p.line_id, u.ms, u.val is null, p.written desc
    ) as d
    group by d.line_id
  ) as m;
end
$$;

comment on function _noetl.line_samples(integer[], timestamptz, timestamptz) is
  'The samples of lines from since to until, both included: one row is one line that has any, its times ascending in milliseconds since 1970. A null among the values says that the line was found to have ended then. Rows of one clock have the same times. Each sample is given once, whether its block is open or closed, in one snapshot.';
