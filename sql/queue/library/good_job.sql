create or replace function _noetl.good_job(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "GoodJob 3 and later",
  "table": "good_jobs",
  "columns": [["finished_at", "performed_at", "queue_name", "scheduled_at"]],
  "lease": "5 minutes",
  "zone": "UTC",
  "keys": ["queue_name", "locked_by_id"],
  "task_keys": ["job_class"],
  "queue": "coalesce(j.queue_name, 'default')",
  "task": "j.job_class",
  "joins": "{good_jobs.locked_by_id?left join @.good_job_processes as p on p.id = j.locked_by_id|}",
  "beat": "{good_jobs.locked_by_id?coalesce(timezone('UTC', p.updated_at) + {lease}, '-infinity')|}",
  "tables": [{
    "table": "good_jobs",
    "keeps_finished": true,
    "keys": {
      "queue_name": "j.queue_name::text",
      "locked_by_id": "{good_jobs.locked_by_id?case when j.finished_at is null and j.performed_at is not null then j.locked_by_id end|null}::uuid",
      "job_class": "{good_jobs.job_class|null}::text"
    },
    "created": "j.created_at",
    "jobs": {
      "waiting": {"when": "j.finished_at is null and j.performed_at is null", "retried": "{good_jobs.executions_count?j.executions_count > 0|}", "due": "j.scheduled_at"},
      "running": {"when": "j.finished_at is null and j.performed_at is not null", "started": "j.performed_at"},
      "failed": {"when": "j.finished_at is not null and j.error is not null{good_jobs.retried_good_job_id? and j.retried_good_job_id is null|}"}
    },
    "ended": {
      "delete": {
        "when": "j.finished_at is null and j.performed_at is not null", "outcome": "'deleted'",
        "queue": "coalesce(j.queue_name, 'default')", "operation": "{good_jobs.job_class|null::text}",
        "started": "j.performed_at", "since": "coalesce(j.scheduled_at, j.created_at)"
      }
    }
  }],
  "outcomes": [{
    "table": "good_jobs", "queue": "coalesce(j.queue_name, 'default')", "operation": "{good_jobs.job_class|null::text}",
    "outcome": "case when j.error is null then 'succeeded' else 'failed' end",
    "finished": "j.finished_at", "started": "j.performed_at", "since": "coalesce(j.scheduled_at, j.created_at)"
  }]
}$json$::jsonb;

comment on function _noetl.good_job(text, jsonb) is
  'GoodJob, whose timestamps have no time zone and are UTC. A claim whose process is gone has expired; version 3 does not tell.';
