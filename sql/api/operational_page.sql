create or replace function _noetl.operational_page()
returns text
language sql
immutable
parallel safe
return $query$
  with page as (
    select s from noetl.sample as s where %s order by s."timestamp" desc, s.metric_id desc limit $5
  )
  select jsonb_build_object(
    'metrics', coalesce(jsonb_agg(_noetl.operational_json(p.s, r) order by (p.s)."timestamp" desc, (p.s).metric_id desc), '[]'),
    'next_cursor', case when count(*) = $5 then
      (array_agg(_noetl.cursor((p.s)."timestamp", (p.s).metric_id) order by (p.s)."timestamp", (p.s).metric_id))[1] end)
  from page as p
  join noetl.runtime as r on r.runtime_id = (p.s).runtime_id
  where $6::interval is null
$query$;

comment on function _noetl.operational_page() is 'The query behind noetl.query_operational_metrics() without windows; %s stands for the condition.';
