create or replace function _noetl.on_runtime_delete()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  patience timestamptz := clock_timestamp() + interval '5 seconds';
begin
  if old.runtime_id = 0 then
    raise exception 'runtime_id: the default component 0 cannot be deleted' using errcode = 'restrict_violation';
  end if;
  -- A try, not a wait: a deleter that waited while it holds other components' locks could deadlock a writer.
  loop
    begin
      execute format('lock table _noetl.writer_%s in exclusive mode nowait', old.runtime_id & 15);
      exit;
    exception when lock_not_available then
      if clock_timestamp() > patience then
        raise exception 'runtime_id: open transactions are writing samples of component %', old.runtime_id
          using errcode = 'lock_not_available', hint = 'Delete it again when they have ended.';
      end if;
    end;
    perform pg_sleep(0.01);
  end loop;
  delete from noetl.metric as m
  where m.series_id in (select s.series_id from _noetl.series as s where s.runtime_id = old.runtime_id
                        union all select n.series_id from _noetl.pending_series as n where n.runtime_id = old.runtime_id);
  delete from _noetl.pending_series as n where n.runtime_id = old.runtime_id;
  return old;
end
$$;

comment on function _noetl.on_runtime_delete() is
  'Deletes a component''s samples with it. Waits up to 5 s for transactions that are storing samples of it, then is an error; writers never wait for longer than the deleting transaction lasts.';

-- create or replace would wait for every open transaction that has beaten, so that an upgrade stands in their way
do $$
begin
  if not exists (select from pg_trigger where tgrelid = 'noetl.runtime'::regclass and tgname = 'runtime_takes_its_metrics') then
    create trigger runtime_takes_its_metrics
      before delete on noetl.runtime
      for each row execute function _noetl.on_runtime_delete();
  end if;
end
$$;
