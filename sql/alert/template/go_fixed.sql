create or replace function _noetl.go_fixed(value double precision, verb text, digits integer)
returns text
language sql
immutable
parallel safe
return case
  when value::text in ('NaN', 'Infinity', '-Infinity') or lower(verb) = 'g' then _noetl.go_general(value, digits)
  when lower(verb) = 'f' then
    case when value < 0 or value::text = '-0' then '-' else '' end || round(abs(value)::text::numeric, coalesce(digits, 6))::text
  else trim(to_char(value, case coalesce(digits, 6) when 0 then '9EEEE' else '9.' || repeat('9', coalesce(digits, 6)) || 'EEEE' end))
end;

comment on function _noetl.go_fixed(double precision, text, integer) is 'A number by one of Go''s verbs f, e and g, with so many digits; null: 6 of f and e, as many as it needs of g.';
