create or replace function _noetl.promql_names_text(names jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select '(' || coalesce(string_agg(_noetl.promql_name_text(n.name), ', ' order by n.place), '') || ')'
  from jsonb_array_elements_text(names) with ordinality as n (name, place);
end;

comment on function _noetl.promql_names_text(jsonb) is 'Names of labels in parentheses, as they are written behind by, on and the like.';
