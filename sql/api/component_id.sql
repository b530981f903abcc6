create or replace function _noetl.component_id(name text, component_type text)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  known bigint := (select r.runtime_id from noetl.runtime as r where (r.component_type, r.name) = (component_id.component_type, component_id.name));
begin
  return coalesce(known, _noetl.put_component(name, component_type));
end
$$;

comment on function _noetl.component_id(text, text) is 'The runtime_id of a component, which is registered if it is not known yet and left alone otherwise.';
