create or replace function _noetl.operational_filter(filter jsonb)
returns jsonb
language sql
immutable
parallel safe
return filter - array['metric_type', 'service', 'labels']
  || case when filter ? 'metric_type' then
    jsonb_build_object('labels', jsonb_build_object('category', filter ->> 'metric_type')) else '{}' end
  || case when filter ? 'service' then
    jsonb_build_object('component', filter ->> 'service') else '{}' end;

comment on function _noetl.operational_filter(jsonb) is 'A filter of operational metrics as one of samples: the category is a label, the service a component of that name.';
