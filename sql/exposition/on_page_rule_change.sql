create or replace function _noetl.on_page_rule_change()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into _noetl.page_change default values;
  return null;
end
$$;

comment on function _noetl.on_page_rule_change() is 'Notes that any family may look different: a setting such as staleness has changed.';

do $$
begin
  if not exists (select from pg_trigger where tgrelid = '_noetl.setting_override'::regclass and tgname = 'page_sees_setting') then
    create trigger page_sees_setting
      after insert or update or delete or truncate on _noetl.setting_override
      for each statement execute function _noetl.on_page_rule_change();
  end if;
end
$$;

-- so may what an earlier release has rendered
insert into _noetl.page_change default values;
