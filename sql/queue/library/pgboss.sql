create or replace function _noetl.pgboss(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "pg-boss 9 to 12",
  "table": "job",
  "columns": [["singleton_key", "start_after", "started_on", "state"], ["singletonkey", "startafter", "startedon", "state"]],
  "keys": ["name"],
  "queue": "j.name",
  "names": "{queue.name?select q.name from @.queue as q|}",
  "tables": [{
    "table": "job",
    "keeps_finished": true,
    "keys": {"name": "j.name::text"},
    "created": "{job.created_on|j.createdon}",
    "jobs": {
      "waiting": {
        "when": "j.state < 'active'", "blocked": "{job.blocked|}", "retried": "j.state = 'retry'", "due": "{job.start_after|j.startafter}",
        "moved": {
          "to": "blocked",
          "when": "{job.policy?j.policy in ('singleton', 'stately') and exists (select from @.job as a where a.name = j.name and a.state = 'active' and a.policy = j.policy and coalesce(a.singleton_key, '') = coalesce(j.singleton_key, ''))|}"
        }
      },
      "running": {
        "when": "j.state = 'active'", "started": "{job.started_on|j.startedon}",
        "due": "least({job.started_on|j.startedon} + {job.expire_seconds?j.expire_seconds * interval '1 second'|extract(epoch from {job.expire_in|j.expirein})::double precision * interval '1 second'}{job.heartbeat_on?, coalesce(j.heartbeat_on, j.started_on) + j.heartbeat_seconds * interval '1 second'|})"
      },
      "failed": {"when": "j.state = 'failed'"}
    }
  }],
  "outcomes": [{
    "table": "job", "queue": "j.name", "outcome": "j.state::text",
    "finished": "{job.completed_on|j.completedon}", "started": "{job.started_on|j.startedon}", "since": "{job.start_after|j.startafter}"
  }]
}$json$::jsonb;

comment on function _noetl.pgboss(text, jsonb) is
  'pg-boss: 9 (startafter), 10 (expire_in), 11 (expire_seconds) and 12 (blocked, heartbeats). Where the policy of a queue lets one job run at once, due ones beside it are blocked.';
