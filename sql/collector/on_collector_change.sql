create or replace function _noetl.on_collector_change()
returns trigger
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform _noetl.plan_collectors();
  return null;
exception when insufficient_privilege then
  raise warning 'the next run is planned by a server, within seconds: %', sqlerrm;
  return null;
end
$$;

comment on function _noetl.on_collector_change() is 'Plans anew when a collector or queue is added, changed or removed.';

-- create or replace would wait for every open transaction that has changed one, so that an upgrade stands in their way
do $$
begin
  if not exists (select from pg_trigger where tgrelid = '_noetl.collector'::regclass and tgname = 'collector_is_planned') then
    create trigger collector_is_planned
      after insert or update or delete on _noetl.collector
      for each statement execute function _noetl.on_collector_change();
  end if;
  if not exists (select from pg_trigger where tgrelid = '_noetl.queue'::regclass and tgname = 'queue_is_planned') then
    create trigger queue_is_planned
      after insert or update or delete on _noetl.queue
      for each statement execute function _noetl.on_collector_change();
  end if;
end
$$;
