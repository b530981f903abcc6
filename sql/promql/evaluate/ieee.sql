create or replace function _noetl.ieee(expression text)
returns text
language sql
immutable
parallel safe
return regexp_replace(expression, ' ([-+*/]) ', ' operator(_noetl.\1) ', 'g');

comment on function _noetl.ieee(text) is
  'An SQL expression with its arithmetic done by the operators of _noetl, which overflow to infinity and divide by zero where PostgreSQL''s raise an error. They all bind alike: the expression must be in brackets.';
