create or replace function _noetl.go_number(value double precision)
returns text
language sql
immutable
parallel safe
set extra_float_digits = 1
return case
  when value = 'Infinity' then '+Inf'
  when value = '-Infinity' then '-Inf'
  when value::text ~ 'e' then regexp_replace(value::text::numeric::text, '(\.[0-9]*[1-9])0+$|\.0+$', '\1')
  else value::text
end;

comment on function _noetl.go_number(double precision) is
  'A number as Prometheus writes it in an answer: the shortest digits that read back to the same number, without exponent; NaN, +Inf, -Inf.';
