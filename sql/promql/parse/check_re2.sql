create or replace function _noetl.check_re2(expression text, start integer, pattern text)
returns void
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform '' ~ _noetl.re2(pattern);
exception
  when invalid_regular_expression then
    perform _noetl.raise_promql(expression, start, sqlerrm);
end
$$;

comment on function _noetl.check_re2(text, integer, text) is 'Ends the parsing of an expression at a place (NP001) if a regular expression in it is none.';
