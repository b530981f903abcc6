create or replace function _noetl.raise_promql(expression text, start integer, message text)
returns void
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  before text := left(expression, start);
  -- columns count bytes, as Prometheus has it
  line integer := length(before) - length(replace(before, E'\n', '')) + 1;
begin
  raise exception using errcode = 'NP001', message = format(
    '%s:%s: parse error: %s', line, octet_length(regexp_replace(before, '^.*\n', '')) + 1, message);
end
$$;

comment on function _noetl.raise_promql(text, integer, text) is
  'Ends the parsing of an expression with an error (NP001) in the words of Prometheus: line, column and what is wrong at the character start, counted from 0.';
