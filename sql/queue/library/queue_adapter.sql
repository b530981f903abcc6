create or replace view _noetl.queue_adapter as
select a.name, a.relation, a.columns, a.default_lease::interval as default_lease, a.promotes, a.library
from (values
  ('graphile_worker', '_private_jobs', '{is_available,job_queue_id,locked_at,run_at,task_id}'::text[], '4 hours', false, 'graphile-worker 0.16 and later'),
  ('pgboss', 'job', '{singleton_key,start_after,started_on,state}', null, false, 'pg-boss 10 and later'),
  ('river', 'river_job', '{attempted_at,kind,queue,scheduled_at,state}', '1 hour', true, 'River'),
  ('oban', 'oban_jobs', '{attempted_at,queue,scheduled_at,state,worker}', '1 hour', true, 'Oban'),
  ('pgmq', 'meta', '{created_at,is_partitioned,queue_name}', null, false, 'pgmq'),
  ('procrastinate', 'procrastinate_jobs', '{queue_name,scheduled_at,status,task_name}', '30 seconds', false, 'Procrastinate 2 and later'),
  ('solid_queue', 'solid_queue_ready_executions', '{created_at,job_id,queue_name}', '5 minutes', true, 'Solid Queue'),
  ('good_job', 'good_jobs', '{finished_at,performed_at,queue_name,scheduled_at}', '5 minutes', false, 'GoodJob 3 and later'),
  ('que', 'que_jobs', '{error_count,expired_at,finished_at,job_class,run_at}', null, false, 'Que 1 and later'),
  ('celery', 'kombu_message', '{queue_id,timestamp,visible}', null, false, 'Celery by its SQLAlchemy transport')
) as a (name, relation, columns, default_lease, promotes, library);

comment on view _noetl.queue_adapter is 'One row is one library whose queues can be registered by its name.';
comment on column _noetl.queue_adapter.relation is 'The table that tells that the library is there, if it has all these columns.';
comment on column _noetl.queue_adapter.default_lease is 'How long a claim lasts where the tables do not say; for libraries whose workers beat, how long after a beat. Null: the tables say, or claims do not expire.';
comment on column _noetl.queue_adapter.promotes is 'True: a leader makes scheduled jobs ready, so that due jobs which are still scheduled tell that it is gone.';
