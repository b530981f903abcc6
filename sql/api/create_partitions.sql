create or replace function noetl.create_partitions(days_ahead integer default 3)
returns jsonb
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('partitions', to_jsonb(noetl.create_metric_partitions_ahead(days_ahead)));
end;

comment on function noetl.create_partitions(integer) is 'noetl.create_metric_partitions_ahead() as {partitions: [...]}.';

create or replace function _noetl.create_partitions()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"createPartitions": "POST /api/metrics/partitions/create"},
  "tag": "administration",
  "right": "admin",
  "summary": "Create the partitions of the days ahead.",
  "arguments": ["query.days_ahead"],
  "query": {"days_ahead": {"type": "integer", "minimum": 1, "maximum": 366, "default": 3}},
  "answer": {
    "type": "object",
    "properties": {"partitions": {"type": "array", "items": {"type": "string"}}},
    "required": ["partitions"]
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.create_partitions() is 'Where noetl.create_partitions() is called over HTTP: POST /api/metrics/partitions/create.';
