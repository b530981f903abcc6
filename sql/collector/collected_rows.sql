create or replace function _noetl.collected_rows(query text, search_path text, max_rows integer)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set row_security = off
as $$
declare
  result jsonb;
begin
  perform set_config('search_path', collected_rows.search_path, true);
  -- the line end keeps a comment at the end of the query from hiding the parenthesis
  execute pg_catalog.format(E'select pg_catalog.jsonb_agg(pg_catalog.to_jsonb(r)) from (select * from (%s\n) as r limit %s) as r',
    pg_catalog.rtrim(query, E'; \t\r\n'), max_rows::bigint + 1)
  into result;
  return coalesce(result, '[]');
end
$$;

comment on function _noetl.collected_rows(text, text, integer) is
  'Runs a collector''s query with its search_path and returns its rows as an array of objects, one more than max_rows at most.';
