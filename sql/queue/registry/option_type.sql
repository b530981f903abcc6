create or replace function _noetl.option_type(relation regclass, reader oid, name text, expression text)
returns regtype
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  type regtype;
begin
  execute format('select o.type from %s as o', _noetl.as_reader(reader,
    format('select pg_typeof((select %s from %s limit 0)) as type', expression, relation), '{type regtype}', 'null')) into type;
  return type;
exception when others then
  raise exception '%: % is no expression over a row of %: %', name, expression, relation, sqlerrm
    using errcode = case sqlstate when '42501' then '42501' else '22023' end;
end
$$;

comment on function _noetl.option_type(regclass, oid, text, text) is
  'The type of an option''s expression; no row is read. One that the table does not understand is an error that names the option.';
