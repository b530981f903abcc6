create or replace function _noetl.delayed_job(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "delayed_job",
  "table": "delayed_jobs",
  "columns": [["attempts", "failed_at", "handler", "locked_at", "locked_by", "run_at"]],
  "renamable": true,
  "lease": "4 hours",
  "zone": "UTC",
  "keys": ["queue"],
  "queue": "coalesce(j.queue, 'default')",
  "tables": [{
    "table": "delayed_jobs",
    "keys": {"queue": "{delayed_jobs.queue|null}::text"},
    "created": "{delayed_jobs.created_at|null::timestamp}",
    "jobs": {
      "waiting": {"when": "j.failed_at is null and j.locked_at is null", "retried": "j.attempts > 0", "due": "j.run_at"},
      "running": {"when": "j.failed_at is null and j.locked_at is not null", "started": "j.locked_at", "due": "j.locked_at + {lease}", "retaken": true},
      "failed": {"when": "j.failed_at is not null"}
    },
    "ended": {
      "delete": {
        "when": "j.failed_at is null and j.locked_at is not null", "outcome": "'deleted'",
        "queue": "coalesce({delayed_jobs.queue|null::text}, 'default')", "started": "j.locked_at", "since": "j.run_at"
      },
      "update": {
        "when": "j.failed_at is null and exists (select from new_jobs as n where n.id = j.id and n.failed_at is not null)", "outcome": "'failed'",
        "queue": "coalesce({delayed_jobs.queue|null::text}, 'default')", "started": "j.locked_at", "since": "j.run_at"
      }
    }
  }]
}$json$::jsonb;

comment on function _noetl.delayed_job(text, jsonb) is
  'delayed_job, whose timestamps have no time zone and are UTC. Jobs that are done are deleted, those that failed for good stay. Any worker may take a job again whose lock is older than max_run_time, which is the lease.';
