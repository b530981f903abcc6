create or replace function _noetl.celery(schema text, options jsonb)
returns _noetl.queue_library
language sql
stable
parallel safe
return replace($json${
  "title": "Celery by its SQLAlchemy transport",
  "table": "kombu_message",
  "columns": [["payload", "queue_id", "timestamp", "version", "visible"]],
  "renamable": true,
  "references": {"kombu_queue": "queue_id"},
  "zone": "time_zone",
  "keys": ["queue_id"],
  "queue": "q.name",
  "joins": "left join @.kombu_queue as q on q.id = j.queue_id",
  "names": "select q.name::text from @.kombu_queue as q",
  "tables": [{
    "table": "kombu_message",
    "keeps_finished": true,
    "keys": {"queue_id": "j.queue_id::integer"},
    "created": "j.\"timestamp\"",
    "jobs": {"waiting": {"when": "j.visible"}}
  }],
  "outcomes": [
    {
      "table": "celery_taskmeta", "queue": "{celery_taskmeta.queue|null::text}", "operation": "{celery_taskmeta.name|null::text}", "outcome": "j.status",
      "when": "j.status in ('SUCCESS', 'FAILURE', 'REVOKED', 'REJECTED', 'IGNORED')", "finished": "j.date_done", "zone": "UTC"
    },
    {
      "table": "django_celery_results_taskresult", "operation": "j.task_name", "outcome": "j.status",
      "when": "j.status in ('SUCCESS', 'FAILURE', 'REVOKED', 'REJECTED', 'IGNORED')",
      "finished": "j.date_done", "started": "{django_celery_results_taskresult.date_started|null::timestamptz}", "zone": null
    }
  ]
}$json$, '"time_zone"', to_json(coalesce(options ->> 'time_zone', 'UTC'))::text)::jsonb;

comment on function _noetl.celery(text, jsonb) is
  'Celery''s SQLAlchemy transport: one row is one message that no worker has taken; what was taken stays as an invisible row and tells nothing. timestamp is in the clock of the workers, option time_zone.';
