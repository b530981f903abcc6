create or replace function _noetl.beat_component(runtime_id bigint, status text, by_admin boolean, lenient boolean default true)
returns timestamptz
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  beat timestamptz := clock_timestamp();
begin
  if not by_admin and status is not null and (runtime_id = 0 or exists (select from _noetl.admin_component as a where a.runtime_id = beat_component.runtime_id)) then
    if lenient and status = 'offline' then
      return beat;
    elsif lenient then
      status := null;
    else
      raise exception 'runtime_id: component % was registered by noetl_admin, and is not a writer''s to change', runtime_id
        using errcode = 'insufficient_privilege';
    end if;
  end if;
  update noetl.runtime as r
  set last_heartbeat = beat, status = coalesce(beat_component.status, case when r.status in ('ready', 'busy') then r.status end, 'ready'), updated_at = beat
  where r.runtime_id = beat_component.runtime_id;
  if not found then
    raise exception 'runtime_id: there is no component %', coalesce(runtime_id::text, 'null')
      using errcode = 'foreign_key_violation', hint = 'noetl.register_runtime(name, component_type) registers one.';
  end if;
  return beat;
end
$$;

comment on function _noetl.beat_component(bigint, text, boolean, boolean) is
  'What noetl.heartbeat() does for its caller. by_admin: false, the caller is a writer, who may beat for a component of an admin or a server but not say that it is busy or gone: lenient, he beats and says no more; else an error.';
