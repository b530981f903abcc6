create or replace function _noetl.forget_readers()
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  unused regprocedure;
begin
  for unused in
    select p.oid::regprocedure
    from pg_proc as p
    where p.pronamespace = '_noetl_rights'::regnamespace
      and not exists (select from _noetl.collector as c where c.run_as = pg_get_userbyid(p.proowner))
      and not exists (
        select from _noetl.queue as q
        join pg_class as t on t.oid = to_regclass(q.relation) or t.relnamespace = to_regnamespace(quote_ident(q.options ->> 'schema'))
        where t.relowner = p.proowner)
  loop
    execute format('drop function %s', unused);
  end loop;
end
$$;

comment on function _noetl.forget_readers() is 'Drops what _noetl.make_reader() made for roles that own no table of a queue any more and have no collector.';
