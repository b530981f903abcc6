create or replace function _noetl.queue_jobs(queue _noetl.queue)
returns text
language sql
stable
parallel safe
begin atomic
  select case (queue).adapter
    when 'table' then _noetl.table_jobs((queue).relation, (queue).options)
    when 'graphile_worker' then _noetl.graphile_worker_jobs(o.schema, o.options)
    when 'pgboss' then _noetl.pgboss_jobs(o.schema, o.options)
    when 'river' then _noetl.river_jobs(o.schema, o.options)
    when 'oban' then _noetl.oban_jobs(o.schema, o.options)
    when 'pgmq' then _noetl.pgmq_jobs(o.schema, o.options)
    when 'procrastinate' then _noetl.procrastinate_jobs(o.schema, o.options)
    when 'solid_queue' then _noetl.solid_queue_jobs(o.schema, o.options)
    when 'good_job' then _noetl.good_job_jobs(o.schema, o.options)
    when 'que' then _noetl.que_jobs(o.schema, o.options)
    when 'celery' then _noetl.celery_jobs(o.schema, o.options)
  end
  from (
    select q.options ->> 'schema' as schema, q.options
    from _noetl.queue_options(queue) as q (options)
  ) as o;
end;

comment on function _noetl.queue_jobs(_noetl.queue) is
  'The query that reads a queue''s live jobs as of $1, one row a job: queue, task; state (ready, blocked, scheduled, retrying, running, failed; null: no job, the row only names the queue); ready_since (null: not due); running_since; lease_until (null: it has no lease); queued_at; overdue (a leader should have made it ready). It is written anew for each reading, by the columns that are there.';
