create or replace function _noetl.push_fault(samples _noetl.pushed_sample[], runtime_id bigint)
returns text
language sql
stable
parallel safe
begin atomic
  with given as materialized (
    select s.*, _noetl.fingerprint(runtime_id, s.metric_type, s.name, s.labels) as series_id from unnest(samples) as s
  ),
  fresh as materialized (
    select g.*
    from given as g
    where g.series_id not in (
      select known from _noetl.pushed_family as p cross join lateral unnest(p.series_ids) as known where p.runtime_id = push_fault.runtime_id)
  ),
  -- where a label differs no sample can be the same
  other as (
    select r.runtime_id, r.name
    from _noetl.push_group as g
    join noetl.runtime as r on r.runtime_id = g.runtime_id
    where g.runtime_id <> push_fault.runtime_id
      and not exists (
        select from jsonb_each(r.labels) as theirs
        join noetl.runtime as own on own.runtime_id = push_fault.runtime_id
        where own.labels ? theirs.key and own.labels -> theirs.key <> theirs.value)
  ),
  room as materialized (
    select n.family, coalesce(f.max_series, _noetl.integer_setting('max_series')) as max_series,
      _noetl.series_count(n.family, n.metric_type) as series
    from (select distinct f.family, f.metric_type from fresh as f) as n
    left join _noetl.family as f on f.name = n.family
  )
  select format('line %s: %s', f.line, f.fault)
  from (
    select g.line, format('the same sample as in line %s', twice.first) as fault
    from (select g.series_id, min(g.line) as first from given as g group by g.series_id having count(*) > 1) as twice
    join given as g using (series_id)
    where g.line > twice.first
    union all
    select c.line,
      case when c.other_name = c.family then format('%s is of type %s here, but of type %s already', c.family, c.metric_type, c.other_type)
        else format('%s would write a name of the %s %s', c.family, c.other_type, c.other_name) end
    from _noetl.push_conflict(samples) as c
    union all
    select f.line, format('the group {%s} has the same sample already', r.name)
    from fresh as f
    join _noetl.pushed_family as p on p.name = f.family
    join other as r on r.runtime_id = p.runtime_id
    where _noetl.fingerprint(p.runtime_id, f.metric_type, f.name, f.labels) = any (p.series_ids)
    union all
    select f.line, format('%s would have more than %s series', f.family, f.max_series)
    from (
      select n.line, n.family, r.max_series, r.series + row_number() over (partition by n.family order by n.line) as series
      from (
        select f.* from fresh as f
        where not exists (select from _noetl.series as s where s.series_id = f.series_id and s.retired_at is null)
          and not exists (select from _noetl.pending_series as s where s.series_id = f.series_id)
      ) as n
      join room as r using (family)
    ) as f
    where f.series > f.max_series
  ) as f
  order by f.line
  limit 1;
end;

comment on function _noetl.push_fault(_noetl.pushed_sample[], bigint) is
  'Why a push cannot be shown beside what is on the page already, with the number of the line; null: it can.';
