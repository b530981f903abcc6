create or replace function _noetl.number_fault(number jsonb)
returns text
language sql
immutable
parallel safe
return case
  -- written out, so that its digits tell its size
  when jsonb_typeof(number) = 'number' and length(number::text) < 300 then null
  when coalesce(jsonb_typeof(number), 'null') not in ('number', 'string')
    or jsonb_typeof(number) = 'string'
    and number #>> '{}' !~* '^\s*[+-]?(nan|inf|infinity|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)\s*$' then
    'must be a number, or "NaN", "+Inf" or "-Inf"'
  when number #>> '{}' ~ '\d' and (
    number #>> '{}' ~* 'e[+-]?\d{4}'
    or (number #>> '{}')::numeric <> 0
    and abs((number #>> '{}')::numeric) not between 4.95e-324 and 1.797693134862315807e308) then
    'is out of the range of double precision'
end;

comment on function _noetl.number_fault(jsonb) is
  'Why a number as JSON, or a string that spells one, is no double precision; null: it is one.';
