create or replace function _noetl.on_series_delete()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into _noetl.gone_series (series_id) select g.series_id from gone as g;
  return null;
end
$$;

comment on function _noetl.on_series_delete() is
  'Notes the series deleted with their component, whose history noetl.remove_idle_series() then deletes.';

do $$
begin
  if not exists (select from pg_trigger where tgrelid = '_noetl.series'::regclass and tgname = 'series_takes_its_history') then
    create trigger series_takes_its_history
      after delete on _noetl.series referencing old table as gone
      for each statement execute function _noetl.on_series_delete();
  end if;
  if not exists (select from pg_trigger where tgrelid = '_noetl.past_series'::regclass and tgname = 'series_takes_its_history') then
    create trigger series_takes_its_history
      after delete on _noetl.past_series referencing old table as gone
      for each statement execute function _noetl.on_series_delete();
  end if;
end
$$;
