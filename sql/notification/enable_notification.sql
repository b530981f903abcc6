create or replace function noetl.enable_notification(name text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  update _noetl.notification_target as t set enabled = true where t.name = enable_notification.name;
  if not found then
    raise exception 'name: there is no notification "%"', name
      using errcode = 'invalid_parameter_value', column = 'name', hint = 'select name, kind from noetl.notification';
  end if;
end
$$;

comment on function noetl.enable_notification(text) is 'Tells a target of alerts again, after noetl.disable_notification(text).';
