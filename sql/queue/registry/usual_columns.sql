create or replace function _noetl.usual_columns(relation regclass, time_zone text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select coalesce(jsonb_object_agg(u.option, u.column_name), '{}')
  from (values ('started_at', 'started_at'), ('finished_at', 'finished_at'), ('operation', 'blueprint')) as u (option, column_name)
  join pg_attribute as a on a.attrelid = relation and a.attname = u.column_name and a.attnum > 0 and not a.attisdropped
  where u.option = 'operation' or a.atttypid = 'timestamptz'::regtype or a.atttypid = 'timestamp'::regtype and time_zone is not null;
end;

comment on function _noetl.usual_columns(regclass, text) is 'Options of a queue''s table that need not be given where it has columns of the usual names.';
