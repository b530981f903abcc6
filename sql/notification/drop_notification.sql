create or replace function noetl.drop_notification(name text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from _noetl.notification_target as t where t.name = drop_notification.name;
  if not found then
    raise exception 'name: there is no notification "%"', name
      using errcode = 'invalid_parameter_value', column = 'name', hint = 'select name, kind from noetl.notification';
  end if;
end
$$;

comment on function noetl.drop_notification(text) is 'Tells a target of nothing any more.';
