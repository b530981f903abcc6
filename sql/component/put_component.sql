create or replace function _noetl.put_component(
  name text,
  component_type text,
  base_url text default null,
  labels jsonb default '{}',
  capabilities jsonb default '{}',
  capacity integer default null,
  runtime jsonb default '{}',
  by_admin boolean default false,
  lenient boolean default true,
  beats boolean default false
)
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  known bigint;
  fault constant text := case
    when coalesce(name, '') = '' then 'name: must be given'
    when octet_length(name) > 2000 then 'name: must be at most 2000 bytes'
    when coalesce(component_type, '') = '' then 'component_type: must be given'
    when octet_length(component_type) > 255 then 'component_type: must be at most 255 bytes'
    when octet_length(base_url) > 4000 then 'base_url: must be at most 4000 bytes'
    when jsonb_typeof(labels) is distinct from 'object' then 'labels: must be an object'
    when capabilities is null then 'capabilities: must be given'
    when runtime is null then 'runtime: must be given'
    when pg_column_size(labels) + pg_column_size(capabilities) + pg_column_size(runtime) > 200000 then
      'labels: must be, with capabilities and runtime, at most 200000 bytes'
    when capacity < 0 then 'capacity: must not be negative'
  end;
begin
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1);
  end if;
  if not by_admin then
    known := (
      select r.runtime_id
      from noetl.runtime as r
      where r.component_type = put_component.component_type and r.name = put_component.name
        and (r.runtime_id = 0 or exists (select from _noetl.admin_component as a where a.runtime_id = r.runtime_id)));
    if known is not null and not lenient then
      raise exception 'name: % % was registered by noetl_admin, and is not a writer''s to change', component_type, name
        using errcode = 'insufficient_privilege';
    elsif known is not null then
      return known;
    end if;
  end if;
  insert into noetl.runtime as r (name, component_type, base_url, labels, capabilities, capacity, runtime, last_heartbeat)
  values (name, component_type, base_url, labels, capabilities, capacity, runtime, case when beats then clock_timestamp() end)
  on conflict on constraint runtime_is_one_per_type_and_name do update set
    base_url = excluded.base_url,
    labels = excluded.labels,
    capabilities = excluded.capabilities,
    capacity = excluded.capacity,
    runtime = excluded.runtime,
    status = 'ready',
    last_heartbeat = case when beats or r.last_heartbeat is not null then clock_timestamp() end,
    updated_at = clock_timestamp()
  returning r.runtime_id into known;
  if by_admin then
    insert into _noetl.admin_component (runtime_id) values (known) on conflict do nothing;
  end if;
  return known;
end
$$;

comment on function _noetl.put_component(text, text, text, jsonb, jsonb, integer, jsonb, boolean, boolean, boolean) is
  'What noetl.register_runtime() does for its caller. by_admin: false, the caller is a writer, who cannot change what an admin or the server has registered: lenient, that component stays as it is, and its id is returned; else an error. beats: it promises to beat from now on.';
