create or replace function _noetl.library_table(library jsonb, part jsonb)
returns text
language sql
immutable
parallel safe
return coalesce(
  part ->> 'relation',
  format('%I.%I', library ->> 'schema', coalesce(library #>> array['renamed', part ->> 'table'], part ->> 'table')));

comment on function _noetl.library_table(jsonb, jsonb) is 'The table that a part of a queue''s library is about, as SQL writes it.';
