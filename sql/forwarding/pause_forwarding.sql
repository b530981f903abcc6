create or replace function noetl.pause_forwarding(name text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  -- without the lease whoever is at it stops
  update _noetl.forwarding_target as t set enabled = false, lease = null, leased_until = null where t.name = pause_forwarding.name;
  if not found then
    raise exception 'name: there is no forwarding "%"', name
      using errcode = 'invalid_parameter_value', column = 'name', hint = 'select name, url from noetl.forwarding';
  end if;
end
$$;

comment on function noetl.pause_forwarding(text) is 'Forwards nothing to a target until noetl.resume_forwarding(text), which goes on where it stopped.';
