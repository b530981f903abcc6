create or replace function _noetl.operational_fault(metric jsonb)
returns text
language sql
stable
parallel safe
return case
  when jsonb_typeof(metric) is distinct from 'object' then format('metric: must be an object, not %s', coalesce(jsonb_typeof(metric), 'null'))
  when coalesce(metric ->> 'metric_type', '') not in ('processing_time', 'success_rate', 'resource_usage', 'queue_metrics') then
    'metric_type: must be one of processing_time, success_rate, resource_usage, queue_metrics'
  when jsonb_typeof(metric -> 'name') is distinct from 'string' then 'name: must be a string'
  when jsonb_typeof(metric -> 'value') is distinct from 'number' then 'value: must be a number'
  when jsonb_typeof(coalesce(nullif(metric -> 'service', 'null'), '"x"')) <> 'string' or metric ->> 'service' = '' then
    'service: must be a string, not empty'
  when jsonb_typeof(coalesce(nullif(metric -> 'metadata', 'null'), '{}')) <> 'object' then 'metadata: must be an object'
  else replace(replace(replace(_noetl.posted_fault(_noetl.operational_sample(metric), false),
    'metric_name: ', 'name: '), 'metric_value: ', 'value: '), 'help_text: ', 'description: ')
end;

comment on function _noetl.operational_fault(jsonb) is 'What is wrong with one operational metric, as "field: rule"; null: nothing that can be told by itself.';
