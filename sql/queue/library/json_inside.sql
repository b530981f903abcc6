create or replace function _noetl.json_inside(value text)
returns text
language sql
immutable
parallel safe
return regexp_replace(to_json(value)::text, '^"|"$', '', 'g');

comment on function _noetl.json_inside(text) is 'A text as it stands inside a JSON string, without the quotes around it.';
