create or replace function _noetl.graphile_worker(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "graphile-worker 0.16 and later",
  "table": "_private_jobs",
  "columns": [["is_available", "job_queue_id", "locked_at", "run_at", "task_id"]],
  "lease": "4 hours",
  "keys": ["job_queue_id"],
  "task_keys": ["task_id"],
  "queue": "coalesce(q.queue_name, 'default')",
  "task": "t.identifier",
  "joins": "left join @._private_job_queues as q on q.id = j.job_queue_id",
  "task_joins": "left join @._private_tasks as t on t.id = j.task_id",
  "held": "q.is_available is false",
  "names": "select 'default'",
  "tables": [{
    "table": "_private_jobs",
    "keys": {"job_queue_id": "j.job_queue_id::integer", "task_id": "j.task_id::integer"},
    "created": "j.created_at",
    "jobs": {
      "waiting": {"when": "j.is_available", "retried": "j.attempts > 0", "due": "j.run_at"},
      "running": {"when": "j.locked_at is not null", "started": "j.locked_at", "due": "j.locked_at + {lease}"},
      "failed": {"when": "j.locked_at is null and not j.is_available"}
    },
    "ended": {
      "delete": {
        "when": "j.locked_at is not null", "outcome": "'completed'",
        "queue": "coalesce(q.queue_name, 'default')", "operation": "t.identifier", "started": "j.locked_at", "since": "j.run_at",
        "joins": "join @._private_tasks as t on t.id = j.task_id left join @._private_job_queues as q on q.id = j.job_queue_id"
      },
      "update": {
        "when": "j.locked_at is not null and exists (select from new_jobs as n where n.id = j.id and n.locked_at is null and not n.is_available)",
        "outcome": "'failed'",
        "queue": "coalesce(q.queue_name, 'default')", "operation": "t.identifier", "started": "j.locked_at", "since": "j.run_at",
        "joins": "join @._private_tasks as t on t.id = j.task_id left join @._private_job_queues as q on q.id = j.job_queue_id"
      }
    }
  }]
}$json$::jsonb;

comment on function _noetl.graphile_worker(text, jsonb) is
  'graphile-worker. Due jobs behind a locked named queue are blocked. A job that is done is deleted; one whose attempts are used up is let go for good.';
