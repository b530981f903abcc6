create or replace function _noetl.is_promql_number(token text, is_last boolean)
returns boolean
language sql
immutable
parallel safe
return case
  when token ~* '^0x' then substr(token, 3) ~* '^_?[0-9a-f_]*(?:e[+-]?[0-9a-f_]+)?$'
    and substr(token, 3) !~* 'e.*e|^_?e(?![+-]?[0-9a-df])|e[+-]?_|_(?:[_e]|$)'
  else token ~* '^\.?[0-9][0-9_.]*(?:e[+-]?[0-9_.]*)?$'
    and token !~* '^.[^.]*\..*\.|\.[_.]|e[+-]?[._]|_(?:[._e]|$)'
    and not (is_last and token ~* 'e[+-]?$')
end;

comment on function _noetl.is_promql_number(text, boolean) is
  'Whether Prometheus'' lexer takes a token of PromQL, that begins like a number, for one; it need not be a valid one. is_last: the expression ends with it.';
