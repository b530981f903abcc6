create or replace function _noetl.usual_columns(relation regclass, time_zone text, started_at text, finished_at text, operation text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_object_agg(u.option, case
    when u.given <> '' then u.given
    when u.given = '' and exists (
      select from pg_attribute as a
      where a.attrelid = relation and a.attname = u.column_name and a.attnum > 0 and not a.attisdropped
        and (u.option = 'operation' or a.atttypid = 'timestamptz'::regtype or a.atttypid = 'timestamp'::regtype and time_zone is not null)
        and (u.option <> 'finished_at' or (select c.relkind in ('r', 'p') from pg_class as c where c.oid = relation))
    ) then u.column_name end)
  from (values ('started_at', 'started_at', started_at), ('finished_at', 'finished_at', finished_at), ('operation', 'blueprint', operation))
    as u (option, column_name, given);
end;

comment on function _noetl.usual_columns(regclass, text, text, text, text) is
  'Options of a queue''s table that need not be given where it has columns of the usual names: those given as an empty text. finished_at of a view only if it is given, as no index is known to find the latest.';
