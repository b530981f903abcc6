create or replace function _noetl.key_type(library jsonb, name text)
returns text
language sql
immutable
parallel safe
begin atomic
  select min(substring(t.doc -> 'keys' ->> name from '::([a-z]+)$'))
  from jsonb_array_elements(library -> 'tables') as t (doc);
end;

comment on function _noetl.key_type(jsonb, text) is 'The type of a key of a queue: every expression of it ends in a cast.';
