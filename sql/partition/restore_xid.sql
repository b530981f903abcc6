create or replace function _noetl.restore_xid(copy regclass, partition regclass)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- rows that are there are read as the default of now, which is stored once for all of them
  execute (
    select format('alter table %s add column xid xid8 %s not null default ''0''', copy, 'constraint ' || quote_ident(c.conname))
    from pg_attribute as a
    left join pg_constraint as c on c.conrelid = a.attrelid and c.contype = 'n' and c.conkey = array[a.attnum]
    where a.attrelid = restore_xid.partition and a.attname = 'xid');
  execute (
    select format('alter table %s alter column xid set default %s', copy, pg_get_expr(d.adbin, d.adrelid))
    from pg_attribute as a
    join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = restore_xid.partition and a.attname = 'xid');
end
$$;

comment on function _noetl.restore_xid(regclass, regclass) is
  'Gives the copy of a partition the column xid that _noetl.omit_xid() left out, without writing a row: in those that are there it is 0, which no row stores.';
