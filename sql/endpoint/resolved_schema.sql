create or replace function _noetl.resolved_schema(schema jsonb)
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  shared jsonb;
  complete jsonb;
begin
  if schema::text !~ '"\$ref"|"required": "\*"' then
    return schema;
  elsif jsonb_typeof(schema) = 'array' then
    return (select jsonb_agg(_noetl.resolved_schema(e.value) order by e.place) from jsonb_array_elements(schema) with ordinality as e (value, place));
  elsif schema ? '$ref' then
    select s.schema into shared from _noetl.api_schema as s where s.name = resolved_schema.schema ->> '$ref';
    if shared is null then
      raise exception 'there is no schema "%"', schema ->> '$ref' using errcode = 'no_data_found';
    end if;
    return _noetl.resolved_schema(shared) || coalesce(_noetl.resolved_schema(schema - '$ref'), '{}');
  end if;
  complete := (select jsonb_object_agg(e.key, _noetl.resolved_schema(e.value)) from jsonb_each(schema) as e);
  if complete -> 'required' = '"*"' then
    complete := complete || jsonb_build_object('required', (select jsonb_agg(k) from jsonb_object_keys(complete -> 'properties') as k));
  end if;
  return complete;
end
$$;

comment on function _noetl.resolved_schema(jsonb) is
  'The JSON Schema, or a part of one, with every {"$ref": name, ...} replaced by the schema of that name in _noetl.api_schema; what stands beside $ref is added, or replaces a keyword. "required": "*" becomes the list of all properties.';
