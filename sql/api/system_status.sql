create or replace function noetl.system_status(host jsonb)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'timestamp', _noetl.iso_time(statement_timestamp()),
    'metrics', (
      select coalesce(jsonb_agg(_noetl.host_reading(s.value) order by s.place), '[]')
      from jsonb_array_elements(host -> 'samples') with ordinality as s (value, place)),
    'failed', host -> 'failed');
end;

comment on function noetl.system_status(jsonb) is
  'What a server has just read of its host, {samples, failed}, in the words of operational metrics; nothing is stored.';

create or replace function _noetl.system_status()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getSystemStatus": "GET /api/v1/metrics/system/status"},
  "tag": "operational metrics",
  "right": "reader",
  "summary": "CPU, memory and disk now; nothing is stored.",
  "arguments": ["host"],
  "answer": {
    "type": "object",
    "properties": {
      "timestamp": {"type": "string", "format": "date-time", "description": "When it was read."},
      "metrics": {"type": "array", "items": {"$ref": "reading"}},
      "failed": {"type": "array", "items": {"type": "string"}}
    },
    "required": "*"
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.system_status() is 'Where noetl.system_status() is called over HTTP: GET /api/v1/metrics/system/status.';
