create or replace function _noetl.graphile_worker_ended(schema text)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select jsonb_object_agg(e.operation, format($sql$
select coalesce(q.queue_name, 'default') as member, t.identifier as operation, %3$L as outcome,
  extract(epoch from clock_timestamp() - j.locked_at)::double precision as duration_seconds,
  extract(epoch from j.locked_at - j.run_at)::double precision as wait_seconds
from old_jobs as j
join %1$I._private_tasks as t on t.id = j.task_id
left join %1$I._private_job_queues as q on q.id = j.job_queue_id
where j.locked_at is not null%2$s$sql$, schema, e.condition, e.outcome))
  from (values
    ('delete', '', 'completed'),
    ('update', ' and exists (select from new_jobs as n where n.id = j.id and n.locked_at is null and not n.is_available)', 'failed')
  ) as e (operation, condition, outcome);
end;

comment on function _noetl.graphile_worker_ended(text) is
  'How jobs of graphile-worker end: it deletes a job that it has done, and lets go for good of one whose attempts are used up. See _noetl.tracking_source.';
