create or replace function _noetl.dbos(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "DBOS Transact",
  "table": "workflow_status",
  "columns": [["executor_id", "queue_name", "recovery_attempts", "status", "workflow_uuid"]],
  "keys": ["queue_name"],
  "task_keys": ["name"],
  "queue": "coalesce(j.queue_name, 'default')",
  "task": "j.name",
  "tables": [{
    "table": "workflow_status",
    "keeps_finished": true,
    "keys": {"queue_name": "j.queue_name::text", "name": "j.name::text"},
    "created": "to_timestamp(j.created_at / 1000.0)",
    "created_order": "j.created_at",
    "jobs": {
      "waiting": {"when": "j.status = 'ENQUEUED'", "retried": "j.recovery_attempts > 1"},
      "scheduled": {
        "when": "j.status = 'DELAYED'",
        "due": "{workflow_status.delay_until_epoch_ms?to_timestamp(j.delay_until_epoch_ms / 1000.0) + interval '1 minute'|}"
      },
      "running": {
        "when": "j.status = 'PENDING'",
        "started": "to_timestamp({workflow_status.started_at_epoch_ms?coalesce(j.started_at_epoch_ms, j.created_at)|j.created_at} / 1000.0)"
      },
      "failed": {"when": "j.status in ('ERROR', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED', 'RETRIES_EXCEEDED')"}
    }
  }],
  "outcomes": [{
    "table": "workflow_status", "needs": "completed_at", "queue": "coalesce(j.queue_name, 'default')", "operation": "j.name", "outcome": "j.status",
    "latest": "j.completed_at >= (extract(epoch from $1) * 1000)::bigint",
    "finished": "to_timestamp(j.completed_at / 1000.0)",
    "started": "to_timestamp({workflow_status.started_at_epoch_ms|null::bigint} / 1000.0)",
    "since": "to_timestamp(j.created_at / 1000.0)"
  }]
}$json$::jsonb;

comment on function _noetl.dbos(text, jsonb) is
  'DBOS: the workflows of its queues, and those that are in none under the name default. Times are milliseconds since 1970. A delayed workflow waits until it is put into its queue; how workflows end is told since the version that keeps completed_at.';
