create or replace function _noetl.clock_option(options jsonb, name text, moment text)
returns text
language sql
immutable
parallel safe
return case
  when options #>> array['zones', name] is null then moment
  else format('timezone(%L, %s)', options #>> array['zones', name], moment)
end;

comment on function _noetl.clock_option(jsonb, text, text) is
  'A moment as the column of that option has it: the column is compared as it stands, so that an index serves.';
