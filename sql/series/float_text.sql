create or replace function _noetl.float_text(value double precision)
returns text
language sql
immutable
parallel safe
return case value when 'Infinity' then '+Inf' when '-Infinity' then '-Inf' else value::text end;

comment on function _noetl.float_text(double precision) is
  'A value as both formats write it: the shortest text that reads back to the same number, or NaN, +Inf, -Inf.';
