create or replace function noetl.silence_list()
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object('silences', coalesce(jsonb_agg(
    to_jsonb(s) || jsonb_build_object('starts_at', _noetl.iso_time(s.starts_at), 'ends_at', _noetl.iso_time(s.ends_at), 'created_at', _noetl.iso_time(s.created_at))
    order by s.ends_at desc, s.silence_id), '[]'))
  from noetl.silence as s;
end;

comment on function noetl.silence_list() is 'noetl.silence as {silences: […]}, the last to end first.';

create or replace function _noetl.silence_list()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getSilences": "GET /api/silences"},
  "tag": "monitoring",
  "right": "reader",
  "summary": "Silences: pending, active and expired.",
  "answer": {"type": "object", "properties": {"silences": {"type": "array", "items": {"type": "object"}}}, "required": ["silences"]}
}$$::_noetl.endpoint_definition;

comment on function _noetl.silence_list() is 'Where noetl.silence_list() is called over HTTP: GET /api/silences.';
