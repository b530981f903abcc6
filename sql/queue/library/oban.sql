create or replace function _noetl.oban(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "Oban",
  "table": "oban_jobs",
  "columns": [["attempted_at", "queue", "scheduled_at", "state", "worker"]],
  "lease": "1 hour",
  "zone": "UTC",
  "keys": ["queue"],
  "task_keys": ["worker"],
  "queue": "j.queue",
  "task": "j.worker",
  "tables": [{
    "table": "oban_jobs",
    "keeps_finished": true,
    "priorities": [0, 9],
    "keys": {"queue": "j.queue::text", "worker": "j.worker::text"},
    "created": "j.inserted_at",
    "jobs": {
      "waiting": {"when": "j.state = 'available'", "due": "j.scheduled_at"},
      "blocked": {"when": "{oban_jobs.state=suspended|false}"},
      "scheduled": {"when": "j.state in ('scheduled', 'retryable')", "retried": "j.state = 'retryable'", "due": "j.scheduled_at + interval '1 minute'"},
      "running": {"when": "j.state = 'executing'", "started": "j.attempted_at", "due": "j.attempted_at + {lease}"},
      "failed": {"when": "j.state = 'discarded'"}
    }
  }],
  "outcomes": [
    {
      "table": "oban_jobs", "queue": "j.queue", "operation": "j.worker", "outcome": "'completed'",
      "finished": "j.completed_at", "started": "j.attempted_at", "since": "j.scheduled_at"
    },
    {
      "table": "oban_jobs", "queue": "j.queue", "operation": "j.worker", "outcome": "'discarded'",
      "finished": "j.discarded_at", "started": "j.attempted_at", "since": "j.scheduled_at"
    },
    {"table": "oban_jobs", "queue": "j.queue", "operation": "j.worker", "outcome": "'cancelled'", "finished": "j.cancelled_at", "since": "j.scheduled_at"}
  ]
}$json$::jsonb;

comment on function _noetl.oban(text, jsonb) is
  'Oban, whose timestamps have no time zone and are UTC. Suspended jobs, since its version 14, are blocked; a leader makes scheduled ones available. Its index has the priority, 0 to 9, before the time.';
