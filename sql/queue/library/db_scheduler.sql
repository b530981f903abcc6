create or replace function _noetl.db_scheduler(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "db-scheduler",
  "table": "scheduled_tasks",
  "columns": [["execution_time", "last_heartbeat", "picked", "picked_by", "task_instance", "task_name"]],
  "renamable": true,
  "lease": "30 minutes",
  "keys": ["task_name"],
  "queue": "j.task_name",
  "task": "j.task_name",
  "tables": [{
    "table": "scheduled_tasks",
    "keys": {"task_name": "j.task_name::text"},
    "jobs": {
      "waiting": {"when": "not j.picked and j.execution_time is not null", "retried": "j.consecutive_failures > 0", "due": "j.execution_time"},
      "running": {"when": "j.picked", "due": "j.last_heartbeat + {lease}"}
    },
    "ended": {
      "delete": {"when": "j.picked", "outcome": "'completed'", "queue": "j.task_name", "operation": "j.task_name"},
      "update": {
        "joins": "join new_jobs as n on n.task_name = j.task_name and n.task_instance = j.task_instance",
        "when": "j.picked and not n.picked and (n.last_success is distinct from j.last_success or n.last_failure is distinct from j.last_failure)",
        "outcome": "case when n.last_success is distinct from j.last_success then 'completed' else 'failed' end",
        "queue": "j.task_name", "operation": "j.task_name"
      }
    }
  }]
}$json$::jsonb;

comment on function _noetl.db_scheduler(text, jsonb) is
  'db-scheduler. A task without a time is not to run. An execution is dead when its beats have failed for the lease. One that is over is deleted, or planned anew if it recurs.';
