create or replace view _noetl.periodic_task as
select c.place, c.name, c.statement, c.listed,
  case c.name
    when 'sweep' then coalesce((select s.sweep_interval from _noetl.collector_schedule as s), c.every::interval)
    when 'scrape' then _noetl.interval_setting('scrape_interval')
    else c.every::interval
  end as every,
  c.timeout::interval as timeout
from (values
  (1, 'sweep', 'select noetl.sweep_runtimes()', false, '15 seconds', '5 seconds'),
  -- after the collectors, so that the page is folded until the next tick; then what is asked of it
  (2, 'scrape', 'values (''select _noetl.scrape_once()''), (''select noetl.evaluate_rules()''), (''select _noetl.plan_forwarding()'')', true, null, '30 seconds'),
  (3, 'fold', 'select noetl.fold() where _noetl.is_fold_due()', false, '5 seconds', '30 seconds'),
  (4, 'rotation', 'select noetl.rotate_events() where _noetl.is_rotation_due()', false, '60 seconds', '10 seconds'),
  (5, 'locks', 'select _noetl.report_hindrance()', false, '15 seconds', '5 seconds'),
  (6, 'jobs', 'select _noetl.clear_jobs()', false, '60 seconds', '5 seconds'),
  (7, 'maintenance', 'select statement from noetl.maintenance_step order by position', true, '5 minutes', '100 seconds'),
  -- what failed is tried again, and what a server that has died was at is gone on with
  (8, 'forwarding', 'select _noetl.plan_forwarding()', false, '5 seconds', '5 seconds'),
  (9, 'pushes', 'select noetl.expire_push_groups()', false, '15 seconds', '5 seconds'),
  (10, 'tracking', 'select noetl.renew_tracking()', false, '10 seconds', '10 minutes')
) as c (place, name, statement, listed, every, timeout)
where case c.name
  when 'tracking' then exists (select from _noetl.queue_tracking)
  when 'forwarding' then exists (select from _noetl.forwarding_target)
  when 'pushes' then exists (select from _noetl.push_group as g where g.expires_at is not null)
  else true
end;

comment on view _noetl.periodic_task is
  'One row is something that keeps the house: a statement that one of the servers runs on each beat, after the collectors of that tick.';
comment on column _noetl.periodic_task.listed is
  'The statement lists statements, of which each is run in a transaction of its own: made and dropped in one, partitions could deadlock writers.';
comment on column _noetl.periodic_task.timeout is 'All of it must be over by then. Less than every, or the statement sees to it that it is not run twice at once.';
