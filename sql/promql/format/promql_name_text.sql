create or replace function _noetl.promql_name_text(name text)
returns text
language sql
immutable
parallel safe
return case when name ~ '^[A-Za-z_][A-Za-z0-9_]*$' then name else _noetl.go_quoted(name) end;

comment on function _noetl.promql_name_text(text) is 'The name of a label as it is written in PromQL: in quotes unless it is a plain word.';
