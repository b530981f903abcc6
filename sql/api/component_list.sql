create or replace function noetl.component_list()
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object('components', coalesce(jsonb_agg(
    to_jsonb(c) || jsonb_build_object(
      'base_url', r.base_url,
      'labels', r.labels,
      'registered_at', _noetl.iso_time(c.registered_at),
      'last_heartbeat', _noetl.iso_time(c.last_heartbeat),
      'last_report', _noetl.iso_time(u.last_report),
      'samples', coalesce(u.samples, 0))
    order by c.component_type, c.name), '[]'))
  from noetl.component as c
  join noetl.runtime as r using (runtime_id)
  left join _noetl.component_usage as u using (runtime_id);
end;

comment on function noetl.component_list() is
  'noetl.component as {components: [...]}, each with its last_report (null: it has never reported) and samples, as in _noetl.component_usage.';

create or replace function _noetl.component_list()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getComponents": "GET /api/metrics/components"},
  "tag": "metrics",
  "right": "reader",
  "summary": "Every component that has reported.",
  "answer": {
    "type": "object",
    "properties": {
      "components": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "runtime_id": {"$ref": "runtimeId"},
            "name": {"type": "string"},
            "component_type": {"type": "string"},
            "base_url": {"type": ["string", "null"]},
            "labels": {"type": "object"},
            "state": {"$ref": "componentState"},
            "registered_at": {"type": "string", "format": "date-time", "description": "When it registered first."},
            "last_heartbeat": {"type": ["string", "null"], "format": "date-time"},
            "silent_seconds": {"type": ["number", "null"]},
            "last_report": {"type": ["string", "null"], "format": "date-time"},
            "series": {"type": "integer"},
            "samples": {"type": "integer", "description": "From the hour in which the retention begins on."}
          },
          "required": "*"
        }
      }
    },
    "required": ["components"]
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.component_list() is 'Where noetl.component_list() is called over HTTP: GET /api/metrics/components.';
