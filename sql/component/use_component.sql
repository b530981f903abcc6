create or replace function noetl.use_component(name text, component_type text)
returns bigint
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select r.runtime_id
  from (select noetl.register_runtime(use_component.name, use_component.component_type) as runtime_id) as r
  where set_config('noetl.runtime_id', r.runtime_id::text, false) is not null;
end;

comment on function noetl.use_component(text, text) is
  'Registers a component and makes it this session''s: samples and events that name no runtime_id are then its own. Returns the runtime_id. Inverse: reset noetl.runtime_id.';
