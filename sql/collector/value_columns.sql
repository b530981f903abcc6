create or replace function _noetl.value_columns(given text)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case
    when given ~ '^\s*\{\s*(\}|"[^"]*"\s*:)' then given::jsonb
    else (select jsonb_object_agg(name, jsonb '{}') from unnest(given::text[]) as name)
  end;
exception when invalid_text_representation or invalid_parameter_value then
  raise exception 'value_columns: must be names, {a,b}, or {"<column>": {"name"?, "type"?, "help"?, "unit"?, "buckets"?}, …}'
    using errcode = 'invalid_parameter_value', column = 'value_columns';
end
$$;

comment on function _noetl.value_columns(text) is
  'The value columns of a collector as an object, given as one or as an array of names; null: none are given. What is neither is an error.';
