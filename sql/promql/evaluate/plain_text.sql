create or replace function _noetl.plain_text(value double precision)
returns text
language sql
immutable
parallel safe
return case
  when value = 'NaN' or abs(value) = 'Infinity' or value = 0 then _noetl.float_text(value)
  else value::text::numeric::text
end;

comment on function _noetl.plain_text(double precision) is 'A number without an exponent, with no more digits than it needs to be read back.';
