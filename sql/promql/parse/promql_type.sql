create or replace function _noetl.promql_type(node jsonb)
returns text
language sql
immutable
parallel safe
return case node ->> 'returns' when 'vector' then 'instant vector' when 'matrix' then 'range vector' else node ->> 'returns' end;

comment on function _noetl.promql_type(jsonb) is 'What a node returns, as Prometheus'' documentation calls it.';
