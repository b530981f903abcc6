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
begin
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
