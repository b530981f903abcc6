create or replace function _noetl.switch_notification(name text, enabled boolean)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  update _noetl.notification_target as t set enabled = switch_notification.enabled where t.name = switch_notification.name;
  if not found then
    raise exception 'name: there is no notification "%"', name
      using errcode = 'invalid_parameter_value', column = 'name', hint = 'select name, kind from noetl.notification';
  end if;
end
$$;

comment on function _noetl.switch_notification(text, boolean) is 'Whether a target is told of alerts from now on.';
