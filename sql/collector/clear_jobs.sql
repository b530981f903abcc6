create or replace function _noetl.clear_jobs()
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  schema text := _noetl.worker_schema();
begin
  if schema is null then
    return;
  end if;
  execute format($sql$
    select %1$I.force_unlock_workers(array(
      select t.locked_by from %1$I.jobs as t where t.task_identifier like 'noetl:%%' and t.locked_at not between now() - interval '2 minutes' and now() + interval '2 minutes'))
  $sql$, schema);
  execute format($sql$
    select %1$I.complete_jobs(array(
      select t.id
      from %1$I.jobs as t
      where t.task_identifier like 'noetl:%%' and t.locked_at is null
        and (t.attempts >= t.max_attempts or t.run_at < now() - interval '10 minutes')))
  $sql$, schema);
end
$$;

comment on function _noetl.clear_jobs() is
  'Clears away jobs of ours that servers left which have died: held for 2 minutes (or, before the clock was set back, until after that), waiting for 10, or out of attempts. Nobody else''s.';
