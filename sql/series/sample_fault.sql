create or replace function _noetl.sample_fault(metric_name text, metric_type text, labels jsonb)
returns text
language sql
immutable
parallel safe
return case
  -- what nearly every new series is like; the planner inlines this and calls nothing
  when metric_type in ('counter', 'gauge', 'untyped')
    and metric_name ~ '^[a-zA-Z_:][a-zA-Z0-9_:]*$'
    and labels::text ~ '^\{(?:"[a-zA-Z_][a-zA-Z0-9_]*": "(?:[^"\\]|\\.)*"(?:, "[a-zA-Z_][a-zA-Z0-9_]*": "(?:[^"\\]|\\.)*")*)?\}$'
    and labels::text not like '%"\_\_%' then null
  else _noetl.any_sample_fault(metric_name, metric_type, labels)
end;

comment on function _noetl.sample_fault(text, text, jsonb) is
  'What is wrong with a sample by itself, as "field: rule"; null: nothing.';
