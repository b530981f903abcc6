create or replace function _noetl.river(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "River",
  "table": "river_job",
  "columns": [["attempted_at", "kind", "queue", "scheduled_at", "state"]],
  "lease": "1 hour",
  "keys": ["queue"],
  "task_keys": ["kind"],
  "queue": "j.queue",
  "task": "j.kind",
  "joins": "left join @.river_queue as q on q.name = j.queue",
  "held": "q.paused_at is not null",
  "names": "select q.name from @.river_queue as q",
  "tables": [{
    "table": "river_job",
    "keeps_finished": true,
    "priorities": [1, 4],
    "keys": {"queue": "j.queue::text", "kind": "j.kind::text"},
    "created": "j.created_at",
    "jobs": {
      "waiting": {"when": "j.state = 'available'", "due": "j.scheduled_at"},
      "blocked": {"when": "j.state = 'pending'"},
      "scheduled": {"when": "j.state in ('scheduled', 'retryable')", "retried": "j.state = 'retryable'", "due": "j.scheduled_at + interval '1 minute'"},
      "running": {"when": "j.state = 'running'", "started": "j.attempted_at", "due": "j.attempted_at + {lease}"},
      "failed": {"when": "j.state = 'discarded'"}
    }
  }],
  "outcomes": [{
    "table": "river_job", "queue": "j.queue", "operation": "j.kind", "outcome": "j.state::text",
    "finished": "j.finalized_at", "started": "j.attempted_at", "since": "j.scheduled_at"
  }]
}$json$::jsonb;

comment on function _noetl.river(text, jsonb) is
  'River. Jobs of a paused queue and pending ones are blocked; a leader makes scheduled ones available. Its index has the priority, 1 to 4, before the time.';
