create or replace function _noetl.compact_part(value jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case when jsonb_typeof(value) in ('array', 'object') then _noetl.compact_json(value) else value::text end;
end
$$;

comment on function _noetl.compact_part(jsonb) is 'A value inside another as _noetl.compact_json() writes it: a string in quotes.';
