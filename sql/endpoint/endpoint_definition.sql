create or replace function _noetl.endpoint_definition()
returns table (declared_by text, definition jsonb)
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  for declared_by in
    select p.proname
    from pg_proc as p
    where p.pronamespace = '_noetl'::regnamespace and p.prorettype = '_noetl.endpoint_definition'::regtype and p.pronargs = 0
    order by p.proname
  loop
    execute format('select _noetl.resolved_schema(_noetl.%I())', declared_by) into definition;
    return next;
  end loop;
end
$$;

comment on function _noetl.endpoint_definition() is
  'One row is one function that returns an _noetl.endpoint_definition, and what it returns, with every {"$ref": name} replaced by that row of _noetl.api_schema.';
