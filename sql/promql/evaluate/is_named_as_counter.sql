create or replace function _noetl.is_named_as_counter(node jsonb)
returns boolean
language sql
immutable
parallel safe
return exists (
  select from jsonb_array_elements(node -> 'matchers') as m
  where m ->> 'name' = '__name__' and m ->> 'type' = '=' and m ->> 'value' ~ '_(total|sum|count|bucket)$');

comment on function _noetl.is_named_as_counter(jsonb) is 'Whether a selector asks for a metric whose name ends as that of a counter does.';
