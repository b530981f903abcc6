create or replace function _noetl.option_type(relation regclass, name text, expression text)
returns regtype
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  type regtype;
begin
  execute format('select pg_typeof((select %s from %s limit 0))', expression, relation) into type;
  return type;
exception when others then
  raise exception '%: % is no expression over a row of %: %', name, expression, relation, sqlerrm
    using errcode = case sqlstate when '42501' then '42501' else '22023' end;
end
$$;

comment on function _noetl.option_type(regclass, text, text) is 'The type of an option''s expression. One that the table does not understand is an error that names the option.';
