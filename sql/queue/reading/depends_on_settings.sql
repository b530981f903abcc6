create or replace function _noetl.depends_on_settings(routine pg_proc)
returns boolean
language sql
stable
parallel safe
return (routine).pronamespace = 'pg_catalog'::regnamespace and (
  (routine).proname in ('concat', 'concat_ws', 'format', 'quote_literal', 'quote_nullable', 'to_json', 'to_jsonb', 'row_to_json', 'jsonb_build_array',
    'jsonb_build_object', 'json_build_array', 'json_build_object', 'array_to_string', 'array_to_json', 'textanycat', 'anytextcat')
  or (routine).pronargs > 0 and not ((routine).proname = 'age' and (routine).pronargs = 1)
    and array[(routine).prorettype] || (routine).proargtypes::oid[]
      && '{timestamptz,timestamp,date,time,timetz,interval,anyenum}'::regtype[]::oid[]);

comment on function _noetl.depends_on_settings(pg_proc) is
  'Whether a function of PostgreSQL that is stable depends on nothing but its arguments and settings such as the time zone.';
