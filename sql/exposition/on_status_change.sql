create or replace function _noetl.on_status_change()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into _noetl.page_change (runtime_id) values (new.runtime_id);
  return null;
end
$$;

comment on function _noetl.on_status_change() is 'Notes that the series of a component may leave the page or return to it.';

-- create or replace would wait for every open transaction that has beaten, so that an upgrade stands in their way
do $$
begin
  if not exists (select from pg_trigger where tgrelid = 'noetl.runtime'::regclass and tgname = 'page_sees_status') then
    create trigger page_sees_status
      after update on noetl.runtime
      for each row when (old.status <> new.status or old.keeps_values <> new.keeps_values) execute function _noetl.on_status_change();
  end if;
end
$$;
