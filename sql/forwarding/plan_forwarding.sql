create or replace function _noetl.plan_forwarding()
returns integer
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  schema text := (select s.worker_schema from _noetl.collector_schedule as s);
  due text;
  planned integer := 0;
begin
  if not exists (select from _noetl.forwarding_target) then
    return 0;
  end if;
  delete from _noetl.late_samples as s where s.kept_at < now() - _noetl.interval_setting('import_retention');
  for due in
    select t.name
    from _noetl.forwarding_target as t
    left join _noetl.forwarding_lag as l on l.target = t.name
    where t.enabled
      and (t.due_at > clock_timestamp()) is not true
      and (t.leased_until > clock_timestamp()) is not true
      and (l.behind or t.after_line is not null or exists (select from _noetl.late_samples as s where s.target = t.name))
    order by t.name
  loop
    if schema is not null then
      execute format('select %I.add_job(''noetl:forward'', $1, job_key => $2, max_attempts => 1)', schema)
      using json_build_object('target', due), 'noetl:forward:' || md5(due);
      planned := planned + 1;
    end if;
  end loop;
  perform _noetl.set_gauges(jsonb_agg(jsonb_build_array('noetl_forward_lag_seconds', jsonb_build_object('target', l.target), l.lag_seconds)), 0)
  from _noetl.forwarding_lag as l
  having count(*) > 0;
  return planned;
end
$$;

comment on function _noetl.plan_forwarding() is
  'Puts a job into graphile-worker''s queue for each target of forwarding to which there is something to send and nobody sends; returns how many. Also puts the lag on the page. Ticks call it after each scrape and every 5 seconds, so that a target whose server has died is adopted as soon as the lease has run out.';
