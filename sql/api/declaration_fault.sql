create or replace function _noetl.declaration_fault(family jsonb)
returns text
language sql
immutable
parallel safe
return case
  when jsonb_typeof(family) is distinct from 'object' then format('family: must be an object, not %s', coalesce(jsonb_typeof(family), 'null'))
  when jsonb_typeof(family -> 'name') is distinct from 'string' then 'name: must be a string'
  when jsonb_typeof(family -> 'metric_type') is distinct from 'string' then 'metric_type: must be a string'
  when jsonb_typeof(family -> 'help') not in ('string', 'null') then 'help: must be a string'
  when jsonb_typeof(family -> 'unit') not in ('string', 'null') then 'unit: must be a string'
  when jsonb_typeof(family -> 'buckets') not in ('array', 'null')
    or jsonb_path_exists(family -> 'buckets', 'strict $[*] ? (@.type() <> "number")', silent => true) then
    'buckets: must be an array of numbers'
end;

comment on function _noetl.declaration_fault(jsonb) is
  'What is wrong with the form of a declared family, as "field: rule"; null: nothing. noetl.declare_metric() judges the rest.';
