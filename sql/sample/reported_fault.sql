create or replace function _noetl.reported_fault(sample jsonb, is_known boolean)
returns text
language sql
stable
parallel safe
return case
  when jsonb_typeof(sample) is distinct from 'object' then format('sample: must be an object, not %s', coalesce(jsonb_typeof(sample), 'null'))
  when jsonb_typeof(sample -> 'metric_name') is distinct from 'string' then 'metric_name: must be a string'
  when jsonb_typeof(sample -> 'metric_type') is distinct from 'string' then 'metric_type: must be a string'
  when _noetl.number_fault(sample -> 'metric_value') is not null then
    format('metric_value: %s', _noetl.number_fault(sample -> 'metric_value'))
  when jsonb_typeof(coalesce(nullif(sample -> 'help_text', 'null'), '""')) <> 'string' then 'help_text: must be a string'
  when jsonb_typeof(coalesce(nullif(sample -> 'unit', 'null'), '""')) <> 'string' then 'unit: must be a string'
  else coalesce(
    case when not is_known then
      _noetl.sample_fault(sample ->> 'metric_name', sample ->> 'metric_type', coalesce(nullif(sample -> 'labels', 'null'), '{}'))
    end,
    case when sample ->> 'metric_type' <> 'gauge' then
      _noetl.value_fault(
        _noetl.sample_part(sample ->> 'metric_type', sample ->> 'metric_name', coalesce(nullif(sample -> 'labels', 'null'), '{}')),
        sample ->> 'metric_type', (sample ->> 'metric_value')::double precision)
    end)
end;

comment on function _noetl.reported_fault(jsonb, boolean) is
  'What is wrong with one sample of a report, as "field: rule"; null: nothing. is_known: as in _noetl.posted_fault().';
