create or replace view _noetl.queue_outcome_source as
select s.*
from (values
  ('pgboss', 'job', 'j.name', 'null::text', 'j.state::text', 'completed_on', 'j.started_on', 'j.start_after', null),
  ('river', 'river_job', 'j.queue', 'j.kind', 'j.state::text', 'finalized_at', 'j.attempted_at', 'j.scheduled_at', null),
  ('oban', 'oban_jobs', 'j.queue', 'j.worker', '''completed''', 'completed_at', 'j.attempted_at', 'j.scheduled_at', 'UTC'),
  ('oban', 'oban_jobs', 'j.queue', 'j.worker', '''discarded''', 'discarded_at', 'j.attempted_at', 'j.scheduled_at', 'UTC'),
  ('oban', 'oban_jobs', 'j.queue', 'j.worker', '''cancelled''', 'cancelled_at', 'null::timestamp', 'j.scheduled_at', 'UTC'),
  ('good_job', 'good_jobs', 'coalesce(j.queue_name, ''default'')', 'j.job_class', 'case when j.error is null then ''succeeded'' else ''failed'' end',
    'finished_at', 'j.performed_at', 'coalesce(j.scheduled_at, j.created_at)', 'UTC'),
  ('que', 'que_jobs', 'j.queue', 'j.job_class', '''finished''', 'finished_at', 'null::timestamptz', 'j.run_at', null)
) as s (adapter, relation, member, operation, outcome, finished, started, waiting_since, zone);

comment on view _noetl.queue_outcome_source is
  'One row is where a library keeps how its jobs ended: table, and expressions over its row j. finished is a plain column; zone is the time zone of its times, if they have none.';
