create or replace function _noetl.described_columns(query text, search_path text)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  columns jsonb;
begin
  perform set_config('search_path', described_columns.search_path, true);
  -- only its columns are asked for: nothing of it runs
  execute pg_catalog.format(E'create temporary view noetl_described as select r.* from (%s\n) as r', query);
  perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  columns := (
    select jsonb_object_agg(a.attname, t.typcategory)
    from pg_attribute as a
    join pg_type as t on t.oid = a.atttypid
    where a.attrelid = to_regclass('pg_temp.noetl_described') and a.attnum > 0);
  drop view pg_temp.noetl_described;
  return coalesce(columns, '{}');
end
$$;

comment on function _noetl.described_columns(text, text) is
  'The columns of a query''s result and the category of each type, as pg_type.typcategory: {"datname": "S", "size": "N"}. The query is not run.';
