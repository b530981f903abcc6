create or replace function _noetl.compact_json(value jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case jsonb_typeof(value)
    when 'array' then (
      select '[' || coalesce(string_agg(_noetl.compact_part(e.part), ',' order by e.place), '') || ']'
      from jsonb_array_elements(value) with ordinality as e (part, place))
    when 'object' then (
      select '{' || coalesce(string_agg(to_json(e.key)::text || ':' || _noetl.compact_part(e.value), ',' order by e.key collate "C"), '') || '}'
      from jsonb_each(value) as e)
    else value #>> '{}'
  end;
end
$$;

comment on function _noetl.compact_json(jsonb) is
  'A value as OpenTelemetry writes it as a string: JSON without blanks, keys in order; a string as it is.';
