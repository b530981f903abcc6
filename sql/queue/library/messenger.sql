create or replace function _noetl.messenger(schema text, options jsonb)
returns _noetl.queue_library
language sql
immutable
parallel safe
return $json${
  "title": "Symfony Messenger",
  "table": "messenger_messages",
  "columns": [["available_at", "body", "created_at", "delivered_at", "headers", "queue_name"]],
  "renamable": true,
  "lease": "1 hour",
  "zone": "UTC",
  "keys": ["queue_name"],
  "queue": "j.queue_name",
  "tables": [{
    "table": "messenger_messages",
    "keys": {"queue_name": "j.queue_name::text"},
    "created": "j.created_at",
    "jobs": {
      "waiting": {"when": "j.delivered_at is null", "due": "j.available_at"},
      "running": {"when": "j.delivered_at is not null", "started": "j.delivered_at", "due": "j.delivered_at + {lease}", "retaken": true}
    },
    "ended": {
      "delete": {"when": "j.delivered_at is not null", "outcome": "'deleted'", "queue": "j.queue_name", "started": "j.delivered_at", "since": "j.available_at"}
    }
  }]
}$json$::jsonb;

comment on function _noetl.messenger(text, jsonb) is
  'Symfony Messenger on Doctrine, whose timestamps have no time zone and are UTC. A message is deleted whether it was handled or sent on, so that its end is told as deleted. Any worker may take one again that was delivered longer than redeliver_timeout ago, which is the lease.';
