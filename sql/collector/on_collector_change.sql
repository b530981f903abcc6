create or replace function _noetl.on_collector_change()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  schema text;
begin
  schema := _noetl.worker_schema();
  -- jobs without a key: the one that waits under it stays free, however long this transaction is left open
  if schema is not null then
    execute format($sql$
      select %1$I.add_job(t.key) from %1$I.jobs as t where t.key = 'noetl:tick' or t.key like 'noetl:tick:%%'
    $sql$, schema);
  end if;
  return null;
exception when insufficient_privilege or undefined_table then
  raise warning 'it counts from the next tick on: %', sqlerrm;
  return null;
end
$$;

comment on function _noetl.on_collector_change() is 'Has ticks run at once when a collector or queue is added, changed or removed, and so the next ones planned anew.';

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
