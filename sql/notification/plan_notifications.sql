create or replace function _noetl.plan_notifications(at timestamptz default clock_timestamp())
returns integer
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  schema text := (select s.worker_schema from _noetl.collector_schedule as s);
  group_due record;
  planned integer := 0;
begin
  if not exists (select from _noetl.notification_target as t where t.enabled) then
    return 0;
  end if;
  insert into _noetl.notification_group (target, labels, due_at)
  select d.target, d.labels, plan_notifications.at + case d.kind when 'alertmanager' then interval '0' else t.group_wait end
  from _noetl.notification_due as d
  join _noetl.notification_target as t on t.name = d.target
  where d.due_at is null and d.is_news
  on conflict do nothing;
  for group_due in
    select g.target, g.labels
    from _noetl.notification_group as g
    join _noetl.notification_due as d using (target, labels)
    where g.due_at <= plan_notifications.at and d.is_news and (g.leased_until > clock_timestamp()) is not true
    order by g.target, g.labels
  loop
    -- one job a group, which reads what there is to tell when it runs
    if schema is not null then
      execute format('select %I.add_job(''noetl:notify'', $1, job_key => $2, max_attempts => 1)', schema)
      using json_build_object('target', group_due.target, 'group', group_due.labels), 'noetl:notify:' || md5(group_due.target || group_due.labels::text);
      planned := planned + 1;
    end if;
  end loop;
  delete from _noetl.notification_group as g
  where not exists (select from _noetl.notification_due as d where d.target = g.target and d.labels = g.labels);
  perform _noetl.set_gauges(jsonb_agg(jsonb_build_array('noetl_notification_lag_seconds', jsonb_build_object('target', l.target), l.lag_seconds)), 0)
  from _noetl.notification_lag as l
  having count(*) > 0;
  return planned;
end
$$;

comment on function _noetl.plan_notifications(timestamptz) is
  'Puts a job into graphile-worker''s queue for each group of alerts of which a target is to hear something; returns how many. It is called in the transaction that changes the state of alerts, so that a notification is neither lost nor made up. Where no server has ever started nobody could deliver: what is due stays due.';
