create or replace function _noetl.re2_literal(letter text, ignores_case boolean)
returns text
language sql
immutable
parallel safe
return case
  when ignores_case and lower(letter) <> upper(letter) then '[' || lower(letter) || upper(letter) || ']'
  when letter ~ '^[!-/:-@\[-`{-~]$' then '\' || letter
  else letter
end;

comment on function _noetl.re2_literal(text, boolean) is 'A single letter in a regular expression of PostgreSQL, meaning itself.';
