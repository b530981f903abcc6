create or replace function _noetl.time_option(options jsonb, name text)
returns text
language sql
immutable
parallel safe
return case
  when options ->> name is null then null
  when options #>> array['zones', name] is null then options ->> name
  else format('timezone(%L, %s)', options #>> array['zones', name], options ->> name)
end;

comment on function _noetl.time_option(jsonb, text) is
  'The expression of a time of a job as a timestamptz, also where the column has no time zone; null: there is none.';
