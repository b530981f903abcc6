create or replace function _noetl.solid_queue(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "Solid Queue",
  "table": "solid_queue_ready_executions",
  "columns": [["created_at", "job_id", "queue_name"]],
  "lease": "5 minutes",
  "zone": "UTC",
  "keys": ["queue_name"],
  "task_keys": ["class_name"],
  "queue": "j.queue_name",
  "task": "j.class_name",
  "untracked_task": "the tables of Solid Queue that hold its jobs by state do not name",
  "joins": "left join @.solid_queue_pauses as p on p.queue_name = j.queue_name",
  "held": "p.queue_name is not null",
  "tables": [
    {
      "table": "solid_queue_ready_executions",
      "keys": {"queue_name": "j.queue_name::text", "class_name": "(select s.class_name from @.solid_queue_jobs as s where s.id = j.job_id)::text"},
      "created": "j.created_at",
      "jobs": {"waiting": {"when": "true"}}
    },
    {
      "table": "solid_queue_blocked_executions",
      "keys": {"queue_name": "j.queue_name::text", "class_name": "(select s.class_name from @.solid_queue_jobs as s where s.id = j.job_id)::text"},
      "jobs": {"blocked": {"when": "true"}}
    },
    {
      "table": "solid_queue_scheduled_executions",
      "keys": {"queue_name": "j.queue_name::text", "class_name": "(select s.class_name from @.solid_queue_jobs as s where s.id = j.job_id)::text"},
      "jobs": {"scheduled": {"when": "true", "due": "j.scheduled_at + interval '1 minute'"}}
    }
  ],
  "more": "select s.queue_name::text as queue, s.class_name::text as task, 'leased' as state, coalesce(timezone('UTC', p.last_heartbeat_at) + {lease}, '-infinity') as due, null::timestamptz as since, null::timestamptz as created, timezone('UTC', e.created_at) as started from @.solid_queue_claimed_executions as e join @.solid_queue_jobs as s on s.id = e.job_id left join @.solid_queue_processes as p on p.id = e.process_id union all select s.queue_name, s.class_name, 'failed', null, null, null, null from @.solid_queue_failed_executions as e join @.solid_queue_jobs as s on s.id = e.job_id",
  "outcomes": [
    {"table": "solid_queue_jobs", "queue": "j.queue_name", "operation": "j.class_name", "outcome": "'finished'", "finished": "j.finished_at"},
    {
      "table": "solid_queue_failed_executions", "joins": "join @.solid_queue_jobs as s on s.id = j.job_id",
      "queue": "s.queue_name", "operation": "s.class_name", "outcome": "'failed'", "finished": "j.created_at"
    }
  ]
}$json$::jsonb;

comment on function _noetl.solid_queue(text, jsonb) is
  'Solid Queue, one table for each state, timestamps in UTC. Claimed and failed jobs, whose tables do not name the queue, are counted at each reading. A claim whose process is gone has expired.';
