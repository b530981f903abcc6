create or replace function _noetl.otlp_component(resource _noetl.otlp_resource)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  known noetl.runtime := (
    select r from noetl.runtime as r where (r.component_type, r.name) = ((resource).component_type, (resource).component));
  is_free boolean := not exists (select from _noetl.admin_component as a where a.runtime_id = known.runtime_id);
begin
  if known.runtime_id is null then
    insert into noetl.runtime as r (name, component_type, labels, page_labels, last_heartbeat, heartbeat_timeout, leaves_silently)
    values (
      (resource).component, (resource).component_type, (resource).labels, (resource).page_labels, clock_timestamp(),
      -- an SDK exports once a minute: it is gone when its gauges are stale
      _noetl.interval_setting('staleness'), true)
    on conflict on constraint runtime_is_one_per_type_and_name do update set last_heartbeat = excluded.last_heartbeat
    returning r.* into known;
  end if;
  if is_free and known.page_labels is distinct from (resource).page_labels then
    perform _noetl.take_lock('fold');
    perform noetl.fold();
    update noetl.runtime as r set page_labels = (resource).page_labels where r.runtime_id = known.runtime_id;
    perform _noetl.render_series(runtime_id => known.runtime_id);
  end if;
  -- requests of one component follow one another, so that the last of them says what its target_info is
  select r.* into known from noetl.runtime as r where r.runtime_id = known.runtime_id for no key update;
  perform _noetl.beat_component(known.runtime_id, null, by_admin => false);
  if is_free and known.labels <> (resource).labels then
    update noetl.runtime as r set labels = (resource).labels where r.runtime_id = known.runtime_id;
  end if;
  perform _noetl.take_off(_noetl.other_target_info(known.runtime_id, (resource).labels)) where not is_free or known.labels <> (resource).labels;
  return known.runtime_id;
end
$$;

comment on function _noetl.otlp_component(_noetl.otlp_resource) is
  'The runtime_id of the component that an OpenTelemetry resource is, registered at first sight with its attributes as labels; counts as its heartbeat. Where it has other attributes than before, its target_info leaves the page. Keeps the component locked.';
