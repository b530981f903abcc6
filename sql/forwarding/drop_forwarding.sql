create or replace function noetl.drop_forwarding(name text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from _noetl.forwarding_target as t where t.name = drop_forwarding.name;
  if not found then
    raise exception 'name: there is no forwarding "%"', name
      using errcode = 'invalid_parameter_value', column = 'name', hint = 'select name, url from noetl.forwarding';
  end if;
  perform _noetl.withdraw('noetl_forward_lag_seconds', jsonb_build_object('target', name));
end
$$;

comment on function noetl.drop_forwarding(text) is 'Forwards nothing to a target any more, and forgets how far it has come.';
