create or replace function _noetl.recorded_fault(item jsonb, metric_type text, value_field text, is_known boolean)
returns text
language sql
stable
parallel safe
return case
  when jsonb_typeof(item) is distinct from 'object' then format('item: must be an object, not %s', coalesce(jsonb_typeof(item), 'null'))
  when jsonb_typeof(item -> 'name') is distinct from 'string' then 'name: must be a string'
  when item ->> value_field is null and value_field <> 'by' then format('%s: is missing', value_field)
  when item ? value_field and _noetl.number_fault(item -> value_field) is not null and (value_field <> 'by' or item -> 'by' <> 'null') then
    format('%s: %s', value_field, _noetl.number_fault(item -> value_field))
  else coalesce(
    case when not is_known then
      replace(
        _noetl.sample_fault(item ->> 'name', coalesce(metric_type, 'histogram'), coalesce(nullif(item -> 'labels', 'null'), '{}')),
        'metric_name:', 'name:')
    end,
    replace(
      _noetl.value_fault(
        case when metric_type is null then 'o' else 'v' end::"char", metric_type, coalesce((item ->> value_field)::double precision, 1)),
      'metric_value:', value_field || ':'),
    case when metric_type = 'counter' and (item ->> value_field)::double precision > 1e300 then 'by: must be at most 1e300' end)
end;

comment on function _noetl.recorded_fault(jsonb, text, text, boolean) is
  'What is wrong with one item of a bulk call, as "field: rule"; null: nothing. is_known: its name and labels are those of a series, so that only its value can be wrong.';
