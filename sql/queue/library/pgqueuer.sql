create or replace function _noetl.pgqueuer(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "PgQueuer",
  "table": "pgqueuer",
  "columns": [["created", "entrypoint", "priority", "queue_manager_id", "status", "updated"]],
  "lease": "30 seconds",
  "keys": ["entrypoint"],
  "queue": "j.entrypoint",
  "task": "j.entrypoint",
  "tables": [{
    "table": "pgqueuer",
    "keys": {"entrypoint": "j.entrypoint::text"},
    "created": "j.created",
    "jobs": {
      "waiting": {"when": "j.status = 'queued'", "retried": "{pgqueuer.attempts?j.attempts > 0|}", "due": "{pgqueuer.execute_after|}"},
      "running": {"when": "j.status = 'picked'", "started": "j.updated", "due": "{pgqueuer.heartbeat|j.updated} + {lease}", "retaken": true},
      "failed": {"when": "{pgqueuer.status=failed|false}"}
    }
  }],
  "outcomes": [{
    "table": "pgqueuer_log", "queue": "j.entrypoint", "operation": "j.entrypoint", "outcome": "j.status::text",
    "when": "j.status::text in ('successful', 'exception', 'canceled', 'deleted', 'failed')", "finished": "j.created"
  }]
}$json$::jsonb;

comment on function _noetl.pgqueuer(text, jsonb) is
  'PgQueuer. Who is done with a job deletes it and says how it went in a log, from which that is counted. A claim lasts some time beyond the job''s last beat; any worker may take it again then. A job that failed for good stays, if it is told to.';
