create or replace function _noetl.que(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return replace($json${
  "title": "Que 1 and later",
  "table": "que_jobs",
  "columns": [["error_count", "expired_at", "finished_at", "job_class", "run_at"]],
  "keys": ["queue"],
  "task_keys": ["job_class"],
  "queue": "j.queue",
  "task": "j.job_class",
  "tables": [{
    "table": "que_jobs",
    "keeps_finished": true,
    "keys": {"queue": "j.queue::text", "job_class": "j.job_class::text"},
    "jobs": {
      "waiting": {
        "when": "j.finished_at is null and j.expired_at is null", "retried": "j.error_count > 0", "due": "j.run_at",
        "moved": {"to": "unleased", "when": "j.id in (select l.id from que_lock as l)", "undue": true}
      },
      "failed": {"when": "j.finished_at is null and j.expired_at is not null"}
    },
    "ended": {
      "delete": {"when": "j.finished_at is null and j.expired_at is null", "queue": "j.queue", "operation": "j.job_class", "outcome": "'deleted'"}
    }
  }],
  "outcomes": [{
    "table": "que_jobs", "queue": "j.queue", "operation": "j.job_class", "outcome": "'finished'", "finished": "j.finished_at", "since": "j.run_at"
  }]
}$json$, 'que_lock', _noetl.que_lock())::jsonb;

comment on function _noetl.que(text, jsonb) is
  'Que. A claim is an advisory lock and ends with its connection, so that no job is ever stuck; who works on which tell the locks, of which there are as many as workers.';
