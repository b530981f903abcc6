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
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  insert into noetl.runtime as r (name, component_type, base_url, labels, capabilities, capacity, runtime, last_heartbeat)
  values (name, component_type, base_url, labels, capabilities, capacity, runtime, clock_timestamp())
  on conflict on constraint runtime_is_one_per_type_and_name do update set
    base_url = excluded.base_url,
    labels = excluded.labels,
    capabilities = excluded.capabilities,
    capacity = excluded.capacity,
    runtime = excluded.runtime,
    status = 'ready',
    last_heartbeat = excluded.last_heartbeat,
    updated_at = clock_timestamp()
  returning r.runtime_id;
end;

comment on function noetl.register_runtime(text, text, text, jsonb, jsonb, integer, jsonb) is
  'Registers a component and returns its runtime_id. Registering again by the same type and name updates it, brings it back from offline and returns the same id.';
