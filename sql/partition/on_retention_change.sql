create or replace function _noetl.on_retention_change()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform _noetl.follow_retention();
  return null;
exception when lock_not_available then
  raise warning 'noetl.metric is in use: new samples expire by the former retention until the next maintenance';
  return null;
end
$$;

comment on function _noetl.on_retention_change() is
  'Lets expires_at follow a change of the setting retention at once, if the table is free; maintenance does it otherwise. Keeps the table to itself until the transaction ends that changes the setting.';

do $$
begin
  if not exists (select from pg_trigger where tgrelid = '_noetl.setting_override'::regclass and tgname = 'retention_is_followed') then
    create trigger retention_is_followed
      after insert or update or delete on _noetl.setting_override
      for each statement execute function _noetl.on_retention_change();
  end if;
end
$$;
