create or replace function _noetl.collected_rows(collector noetl.collector)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set row_security = off
as $$
declare
  -- the line end keeps a comment at the end of the query from hiding the parenthesis
  query text := format(E'select r.* from (%s\n) as r limit %s', rtrim(collector.query, E'; \t\r\n'), collector.max_rows::bigint + 1);
  is_own boolean := collector.origin = 'own';
  result jsonb;
begin
  if collector.run_as is not null then
    result := (
      select r.rows
      from _noetl.read_as(quote_ident(collector.run_as)::regrole,
        format('select pg_catalog.jsonb_agg(pg_catalog.to_jsonb(r)) from (%s) as r', query), 'rows jsonb',
        more => jsonb_build_object('search_path', collector.search_path)) as r (rows jsonb));
  else
    -- from here on no name that is not qualified, and no operator, is ours
    perform set_config('search_path', collector.search_path, true);
    if is_own then
      -- a view is bound to what its names mean now, so that what is checked is what runs
      execute pg_catalog.format('create temporary view noetl_collected as %s', query);
      perform _noetl.check_collected('noetl_collected');
      query := 'select r.* from pg_temp.noetl_collected as r';
    end if;
    execute pg_catalog.format('select pg_catalog.jsonb_agg(pg_catalog.to_jsonb(r)) from (%s) as r', query) into result;
    if is_own then
      drop view pg_temp.noetl_collected;
    end if;
  end if;
  return coalesce(result, '[]');
end
$$;

comment on function _noetl.collected_rows(noetl.collector) is
  'Runs a collector''s query with its search_path and the rights that noetl.collector.run_as says, and returns its rows as an array of objects, one more than max_rows at most.';
