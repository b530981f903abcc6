create or replace function noetl.post_silence(silence jsonb)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := case when jsonb_typeof(silence) is distinct from 'object' then 'body: must be an object' else (
    select format('%s: %s', e.key, case when jsonb_typeof(e.value) = 'string' then 'a silence has no such field' else 'must be a string' end)
    from jsonb_each(silence) as e
    where e.key not in ('matchers', 'starts_at', 'ends_at', 'comment', 'created_by') or jsonb_typeof(e.value) <> 'string'
    order by e.key
    limit 1) end;
begin
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1);
  end if;
  return jsonb_build_object('silence_id', noetl.add_silence(
    silence ->> 'matchers',
    _noetl.given_time('ends_at', silence ->> 'ends_at'),
    silence ->> 'comment',
    coalesce(silence ->> 'created_by', session_user),
    coalesce(_noetl.given_time('starts_at', silence ->> 'starts_at'), now())));
end
$$;

comment on function noetl.post_silence(jsonb) is 'Adds a silence {matchers, ends_at, comment, created_by?, starts_at?} as noetl.add_silence() does; returns {silence_id}.';

create or replace function _noetl.post_silence()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"addSilence": "POST /api/silences"},
  "tag": "monitoring",
  "right": "admin",
  "summary": "Notify nobody of the alerts that fit, until a time.",
  "arguments": ["body"],
  "body": {
    "type": "object",
    "properties": {
      "matchers": {"type": "string", "pattern": "^\\s*\\{?\\s*[a-zA-Z_]\\w*\\s*[=!]", "examples": ["alertname=\"XynQueueBacklog\", shop=~\"b.*\""]},
      "starts_at": {"type": "string", "format": "date-time", "examples": ["2026-01-31T12:00:00Z"]},
      "ends_at": {"type": "string", "format": "date-time", "examples": ["2100-01-31T12:00:00Z"]},
      "comment": {"type": "string", "minLength": 1, "examples": ["The shop moves."]},
      "created_by": {"type": "string", "minLength": 1, "examples": ["ada"]}
    },
    "required": ["matchers", "ends_at", "comment"],
    "additionalProperties": false
  },
  "status": 201,
  "answer": {"type": "object", "properties": {"silence_id": {"type": "integer"}}, "required": ["silence_id"]}
}$$::_noetl.endpoint_definition;

comment on function _noetl.post_silence() is 'Where noetl.post_silence() is called over HTTP: POST /api/silences.';
