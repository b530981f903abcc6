create or replace function _noetl.refuse_write()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception '%.%: is a view that is only read', tg_table_schema, tg_table_name using errcode = 'object_not_in_prerequisite_state';
end
$$;

comment on function _noetl.refuse_write() is
  'Refuses to write through a view that PostgreSQL would let be written because it shows one table: all of ours but noetl.metrics.';

do $$
declare
  shown regclass;
begin
  for shown in
    select c.oid
    from pg_class as c
    where c.relkind = 'v'
      and c.relnamespace in ('noetl'::regnamespace, '_noetl'::regnamespace)
      and pg_relation_is_updatable(c.oid, false) <> 0
      and c.oid <> 'noetl.metrics'::regclass
  loop
    execute format(
      'create or replace trigger view_is_only_read instead of insert or update or delete on %s for each row execute function _noetl.refuse_write()', shown);
  end loop;
end
$$;
