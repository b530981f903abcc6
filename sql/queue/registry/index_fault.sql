create or replace function _noetl.index_fault(relation regclass, reader oid, expression text)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  if _noetl.option_expression(relation, expression) = expression or expression = any (
    array(select format('(%I)::text', a.attname) from pg_attribute as a where a.attrelid = relation and a.atttypid in ('text'::regtype, 'varchar'::regtype)))
  then
    return null;
  elsif reader is not null or _noetl.untrusted_name(expression) is not null then
    return 'it would be run with the rights of ' || current_user; -- making one computes what is constant
  end if;
  -- rolled back in any case
  execute format('create temporary table noetl_probe (like %s)', relation);
  execute format('create index on pg_temp.noetl_probe ((%s))', expression);
  raise exception 'it can be indexed' using errcode = 'NPIDX';
exception
  when sqlstate 'NPIDX' then
    return null;
  when others then
    return sqlerrm;
end
$$;

comment on function _noetl.index_fault(regclass, oid, text) is
  'Why no index on an expression over a table''s row is advised, as PostgreSQL says that there can be none; null: there can. reader: with whose rights the table is read, null: those of the installation''s owner.';
