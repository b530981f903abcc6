create or replace view _noetl.any_family as
select f.family_id, f.name, f.metric_type,
  -- of the table itself: asked for every family that has none, and the view would sort all that is pending each time
  coalesce(f.help, case when exists (select from _noetl.pending_series) then (
    select n.help_text
    from _noetl.pending_series as n
    where n.family = f.name and n.help_text <> ''
      and not exists (
        select from _noetl.series as s
        where s.series_id = n.series_id and s.retired_at is null and s.labels = n.labels and s.metric_name = n.metric_name)
    order by n.seen_at, n.series_id
    limit 1
  ) end) as help,
  coalesce(f.unit, case when exists (select from _noetl.pending_series) then (
    select n.unit
    from _noetl.pending_series as n
    where n.family = f.name and n.unit <> ''
      and not exists (
        select from _noetl.series as s
        where s.series_id = n.series_id and s.retired_at is null and s.labels = n.labels and s.metric_name = n.metric_name)
    order by n.seen_at, n.series_id
    limit 1
  ) end) as unit,
  f.buckets, f.quantiles, f.per_component, f.aggregate, f.max_series, f.brought_by
from _noetl.family as f
union all
select n.family_id, n.name, n.metric_type, n.help, n.unit,
  case n.metric_type when 'histogram' then _noetl.floats_setting('default_buckets') end, null, true, 'last', null, n.brought_by
from _noetl.pending_families() as n
where n.accepted;

comment on view _noetl.any_family is 'One row is one family, merged by the fold or only pending.';
