create or replace function _noetl.procrastinate(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "Procrastinate 2 and later",
  "table": "procrastinate_jobs",
  "columns": [["queue_name", "scheduled_at", "status", "task_name"]],
  "lease": "30 seconds",
  "keys": ["queue_name", "worker_id"],
  "task_keys": ["task_name"],
  "queue": "j.queue_name",
  "task": "j.task_name",
  "joins": "{procrastinate_jobs.worker_id?left join @.procrastinate_workers as w on w.{procrastinate_workers.worker_id?worker_id|id} = j.worker_id|}",
  "beat": "{procrastinate_jobs.worker_id?coalesce(w.last_heartbeat + {lease}, '-infinity')|}",
  "tables": [{
    "table": "procrastinate_jobs",
    "keeps_finished": true,
    "keys": {
      "queue_name": "j.queue_name::text",
      "worker_id": "{procrastinate_jobs.worker_id?case when j.status = 'doing' then j.worker_id end|null}::bigint",
      "task_name": "j.task_name::text"
    },
    "created": "(select max(e.at) from @.procrastinate_events as e where e.job_id = j.id and e.type in ('deferred', 'deferred_for_retry'))",
    "created_order": "j.id",
    "jobs": {
      "waiting": {"when": "j.status = 'todo' and j.lock is null", "retried": "j.attempts > 0", "due": "j.scheduled_at"},
      "running": {
        "when": "j.status = 'doing'",
        "started": "(select max(e.at) from @.procrastinate_events as e where e.job_id = j.id and e.type = 'started')"
      },
      "failed": {"when": "j.status = 'failed'"}
    },
    "ended": {
      "delete": {"when": "j.status = 'doing'", "queue": "j.queue_name", "operation": "j.task_name", "outcome": "'deleted'"}
    }
  }],
  "more": "select j.queue_name::text as queue, j.task_name::text as task, case when coalesce(j.scheduled_at <= $1, true) and (exists (select from @.procrastinate_jobs as o where o.lock = j.lock and o.status = 'doing') or exists (select from @.procrastinate_jobs as o where o.lock = j.lock and o.status = 'todo' and o.lock is not null and (o.priority > j.priority or (o.priority = j.priority and o.id < j.id)))) then 'blocked' when j.attempts > 0 then 'queued_retry' else 'queued' end as state, j.scheduled_at as due, coalesce(nullif(j.scheduled_at, '-infinity'), e.at) as since, e.at as created, null::timestamptz as started from @.procrastinate_jobs as j left join lateral (select max(d.at) as at from @.procrastinate_events as d where d.job_id = j.id and d.type in ('deferred', 'deferred_for_retry')) as e on true where j.status = 'todo' and j.lock is not null",
  "indexes": [{"table": "procrastinate_jobs", "key": "lock, id", "when": "status = 'todo' and lock is not null", "purpose": "which jobs wait for others"}],
  "outcomes": [{
    "table": "procrastinate_events",
    "joins": "join @.procrastinate_jobs as p on p.id = j.job_id left join lateral (select max(e.at) as at from @.procrastinate_events as e where e.job_id = j.job_id and e.id < j.id and e.type = 'started') as s on true left join lateral (select max(e.at) as at from @.procrastinate_events as e where e.job_id = j.job_id and e.at <= s.at and e.type in ('deferred', 'deferred_for_retry')) as d on true",
    "queue": "p.queue_name", "operation": "p.task_name", "outcome": "j.type::text",
    "when": "j.type::text in ('succeeded', 'failed', 'cancelled', 'aborted')",
    "finished": "j.at", "started": "s.at", "since": "case when p.scheduled_at <= s.at then greatest(d.at, p.scheduled_at) else d.at end"
  }]
}$json$::jsonb;

comment on function _noetl.procrastinate(text, jsonb) is
  'Procrastinate. A job with a lock depends on others and is counted at each reading. A claim lasts some time beyond its worker''s last beat, is over where the worker is gone, and lasts for ever where the version has no beats.';
