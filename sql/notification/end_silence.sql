create or replace function noetl.end_silence(silence_id bigint)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  update _noetl.silence as s set ends_at = least(s.ends_at, now()), starts_at = least(s.starts_at, now())
  where s.silence_id = end_silence.silence_id;
  if not found then
    raise exception 'silence_id: there is no silence %', silence_id
      using errcode = 'invalid_parameter_value', column = 'silence_id', hint = 'select silence_id, matchers, state from noetl.silence';
  end if;
end
$$;

comment on function noetl.end_silence(bigint) is 'Ends a silence now, or one that has not begun before it does; one that has expired stays as it is.';

create or replace function _noetl.end_silence()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"endSilence": "DELETE /api/silences/{silence_id}"},
  "tag": "monitoring",
  "right": "admin",
  "summary": "End a silence now.",
  "arguments": ["path.silence_id"],
  "path": {"silence_id": {"type": "integer", "minimum": 1, "examples": [1]}},
  "status": 204
}$$::_noetl.endpoint_definition;

comment on function _noetl.end_silence() is 'Where noetl.end_silence() is called over HTTP: DELETE /api/silences/{silence_id}.';
