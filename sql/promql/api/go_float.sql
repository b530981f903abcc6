create or replace function _noetl.go_float(value double precision)
returns text
language sql
immutable
parallel safe
return case
  when value = 0 or abs(value) >= 1e-4 and abs(value) < 1e15 or abs(value) < 1e-6 then value::text
  when value = 'Infinity' then '+Inf'
  when value = '-Infinity' then '-Inf'
  when value = 'NaN' or abs(value) >= 1e21 then value::text
  when abs(value) < 1 then rtrim(value::text::numeric::text, '0')
  else value::text::numeric::text
end;

comment on function _noetl.go_float(double precision) is
  'A value as Prometheus'' answers have it: the shortest digits that read back to the same number, with an exponent only below 1e-6 and from 1e21 on.';
