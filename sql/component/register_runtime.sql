create or replace function noetl.register_runtime(
  name text,
  component_type text,
  base_url text default null,
  labels jsonb default '{}',
  capabilities jsonb default '{}',
  capacity integer default null,
  runtime jsonb default '{}'
)
returns bigint
language sql
volatile
parallel unsafe
begin atomic
  select _noetl.put_component(name, component_type, base_url, labels, capabilities, capacity, runtime, by_admin => _noetl.is_admin(), lenient => false, beats => true);
end;

comment on function noetl.register_runtime(text, text, text, jsonb, jsonb, integer, jsonb) is
  'Registers a component and returns its runtime_id. Registering again by the same type and name updates it, brings it back from offline and returns the same id. Registering is the first heartbeat: a component that is silent afterwards for its heartbeat_timeout is lost. What noetl_admin or a server has registered, a writer cannot change.';
