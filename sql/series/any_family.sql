create or replace view _noetl.any_family as
select f.family_id, f.name, f.metric_type,
  coalesce(f.help, case when exists (select from _noetl.pending_series) then _noetl.pending_help(f.name) end) as help,
  coalesce(f.unit, case when exists (select from _noetl.pending_series) then _noetl.pending_unit(f.name) end) as unit,
  f.buckets, f.quantiles, f.per_component, f.aggregate, f.max_series, f.brought_by
from _noetl.family as f
union all
select n.family_id, n.name, n.metric_type, n.help, n.unit,
  case n.metric_type when 'histogram' then _noetl.floats_setting('default_buckets') end, null, true, 'last', null, n.brought_by
from _noetl.new_families() as n;

comment on view _noetl.any_family is 'One row is one family, merged by the fold or only pending.';
