create or replace function _noetl.otlp_component(name text, component_type text, resource jsonb)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  attributes jsonb := resource - array['service_name', 'service_namespace', 'service_instance_id'];
  known noetl.runtime := (select r from noetl.runtime as r where (r.component_type, r.name) = (otlp_component.component_type, otlp_component.name));
begin
  if known.runtime_id is null
    or known.labels <> attributes and not exists (select from _noetl.admin_component as a where a.runtime_id = known.runtime_id)
  then
    insert into noetl.runtime as r (name, component_type, labels, last_heartbeat, heartbeat_timeout)
    -- an SDK exports once a minute: it is gone when its gauges are stale
    values (name, component_type, attributes, clock_timestamp(), _noetl.interval_setting('staleness'))
    on conflict on constraint runtime_is_one_per_type_and_name do update set labels = excluded.labels, last_heartbeat = excluded.last_heartbeat
    returning r.* into known;
  end if;
  -- whoever holds the row is beating for the component just now: nobody waits for that
  perform from noetl.runtime as r where r.runtime_id = known.runtime_id for no key update skip locked;
  if found then
    perform _noetl.beat_component(known.runtime_id, null, by_admin => false);
  end if;
  return known.runtime_id;
end
$$;

comment on function _noetl.otlp_component(text, text, jsonb) is
  'The runtime_id of the component that an OpenTelemetry resource is, registered at first sight with its attributes as labels; counts as its heartbeat.';
