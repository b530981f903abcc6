create or replace function _noetl.laravel(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "Laravel, its database driver",
  "table": "jobs",
  "columns": [["attempts", "available_at", "created_at", "payload", "queue", "reserved_at"]],
  "renamable": true,
  "lease": "90 seconds",
  "keys": ["queue"],
  "queue": "j.queue",
  "tables": [
    {
      "table": "jobs",
      "keys": {"queue": "j.queue::text"},
      "created": "to_timestamp(j.created_at)",
      "created_order": "j.created_at",
      "jobs": {
        "waiting": {"when": "j.reserved_at is null", "retried": "j.attempts > 0", "due": "to_timestamp(j.available_at)"},
        "running": {
          "when": "j.reserved_at is not null", "started": "to_timestamp(j.reserved_at)", "due": "to_timestamp(j.reserved_at) + {lease}", "retaken": true
        }
      },
      "ended": {
        "delete": {
          "when": "j.reserved_at is not null", "outcome": "'deleted'", "queue": "j.queue",
          "started": "to_timestamp(j.reserved_at)", "since": "to_timestamp(j.available_at)"
        }
      }
    },
    {"table": "failed_jobs", "optional": true, "keys": {"queue": "j.queue::text"}, "jobs": {"failed": {"when": "true"}}}
  ]
}$json$::jsonb;

comment on function _noetl.laravel(text, jsonb) is
  'Laravel''s database queue; times are seconds since 1970. A job is deleted whether it is done, given up or put back as a new one, so that its end is told as deleted. Any worker may take a job again that was reserved longer than retry_after ago, which is the lease.';
