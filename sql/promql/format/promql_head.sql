create or replace function _noetl.promql_head(node jsonb)
returns text
language sql
immutable
parallel safe
return case node ->> 'type'
  when 'call' then node #>> '{func,name}'
  when 'aggregation' then (node ->> 'op') || case
    when (node -> 'without')::boolean then ' without ' || _noetl.promql_names_text(node -> 'grouping') || ' '
    when node -> 'grouping' <> '[]' then ' by ' || _noetl.promql_names_text(node -> 'grouping') || ' '
    else ''
  end
end;

comment on function _noetl.promql_head(jsonb) is 'What stands before the parenthesis of a function call or an aggregation.';
