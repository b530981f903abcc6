create or replace function _noetl.otlp_number(value jsonb)
returns double precision
language sql
immutable
parallel safe
return case when jsonb_typeof(value) in ('number', 'string') then _noetl.text_value(value #>> '{}') end;

comment on function _noetl.otlp_number(jsonb) is 'A number of an OTLP request: whole ones may be strings, and NaN, Infinity and -Infinity are; null: it is none.';
