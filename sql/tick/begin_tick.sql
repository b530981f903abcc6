create or replace function noetl.begin_tick()
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
as $$
declare
  work jsonb;
begin
  if not exists (select from _noetl.collector_schedule) then
    perform _noetl.start_collectors();
    perform noetl.install_preset('noetl');
  end if;
  work := _noetl.claim_work() || jsonb '{"kind": "tasks", "name": "notification"}';
  update _noetl.collector_schedule as s
  set called_at = s.ticked_at,
    called_by = coalesce(nullif(current_setting('application_name'), ''), (select a.backend_type from pg_stat_activity as a where a.pid = pg_backend_pid()));
  return jsonb_build_object('due', work, 'next', _noetl.next_tick());
end
$$;

comment on function noetl.begin_tick() is
  'For noetl.tick(): claims what is due, {"due": what noetl.run_work() takes, one by one, "next": when something is due again}. Its first call does what the first start of a server does.';
