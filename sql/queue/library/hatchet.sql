create or replace function _noetl.hatchet(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "Hatchet 1",
  "table": "v1_queue_item",
  "columns": [["action_id", "queue", "retry_count", "task_id", "tenant_id"]],
  "keys": ["queue"],
  "task_keys": ["action_id"],
  "queue": "j.queue",
  "task": "j.action_id",
  "untracked_task": "the tables of Hatchet that hold its tasks by state do not name",
  "tables": [
    {
      "table": "v1_queue_item",
      "keys": {"queue": "j.queue::text", "action_id": "j.action_id::text"},
      "created": "j.task_inserted_at",
      "jobs": {"waiting": {"when": "true", "retried": "j.retry_count > 0"}}
    },
    {
      "table": "v1_rate_limited_queue_items",
      "keys": {"queue": "j.queue::text", "action_id": "j.action_id::text"},
      "jobs": {"scheduled": {"when": "true", "retried": "j.retry_count > 0", "due": "j.requeue_after + interval '1 minute'"}}
    },
    {
      "table": "v1_concurrency_slot",
      "keys": {
        "queue": "j.queue_to_notify::text",
        "action_id": "(select t.action_id from @.v1_task as t where t.id = j.task_id and t.inserted_at = j.task_inserted_at)::text"
      },
      "jobs": {"blocked": {"when": "not j.is_filled"}}
    }
  ],
  "more": "select t.queue::text as queue, t.action_id::text as task, 'leased' as state, timezone('UTC', r.timeout_at) as due, null::timestamptz as since, null::timestamptz as created, null::timestamptz as started from @.v1_task_runtime as r join @.v1_task as t on t.id = r.task_id and t.inserted_at = r.task_inserted_at where r.worker_id is not null union all select t.queue, t.action_id, 'scheduled_retry', r.retry_after + interval '1 minute', null, null, null from @.v1_retry_queue_item as r join @.v1_task as t on t.id = r.task_id and t.inserted_at = r.task_inserted_at",
  "names": "select distinct q.name from @.v1_queue as q",
  "outcomes": [{
    "table": "v1_task_event", "joins": "join @.v1_task as t on t.id = j.task_id and t.inserted_at = j.task_inserted_at", "zone": "UTC",
    "queue": "t.queue", "operation": "t.action_id", "outcome": "lower(j.event_type::text)",
    "when": "j.event_type in ('COMPLETED', 'FAILED', 'CANCELLED')", "finished": "j.created_at"
  }]
}$json$::jsonb;

comment on function _noetl.hatchet(text, jsonb) is
  'Hatchet. What waits is in three tables: to be taken, held by a limit of its rate or of its concurrency. What runs and what is to be tried again, whose tables do not name the queue, is counted at each reading.';
