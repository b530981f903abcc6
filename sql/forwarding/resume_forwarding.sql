create or replace function noetl.resume_forwarding(name text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  update _noetl.forwarding_target as t set enabled = true, due_at = null, attempts = 0 where t.name = resume_forwarding.name;
  if not found then
    raise exception 'name: there is no forwarding "%"', name
      using errcode = 'invalid_parameter_value', column = 'name', hint = 'select name, url from noetl.forwarding';
  end if;
  perform _noetl.plan_forwarding();
end
$$;

comment on function noetl.resume_forwarding(text) is
  'Forwards to a target again where noetl.pause_forwarding(text) stopped, and at once where failures have made it pause.';
