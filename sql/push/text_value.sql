create or replace function _noetl.text_value(written text)
returns double precision
language sql
immutable
parallel safe
return case
  when written ~ '^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9][0-9]?)?$' and length(written) < 200 then written::double precision
  when written ~* '^[+-]?(nan|inf|infinity)$' then ltrim(written, '+')::double precision
  when written ~* '^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$' then _noetl.extreme_value(written)
end;

comment on function _noetl.text_value(text) is 'A number as the text format has it; null: it is none, or is beyond double precision.';
