create or replace function _noetl.otlp_list(field text, list jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(coalesce(list, 'null')) not in ('array', 'null') or jsonb_path_exists(list, 'strict $[*] ? (@.type() != "object")') then
    raise exception '%: must be an array of objects', field using errcode = 'invalid_parameter_value';
  end if;
  return coalesce(nullif(list, 'null'), '[]');
end
$$;

comment on function _noetl.otlp_list(text, jsonb) is 'A list of an OTLP request, empty if it is absent. What is no array of objects is an error that names the field.';
