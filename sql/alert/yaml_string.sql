create or replace function _noetl.yaml_string(value text)
returns text
language sql
immutable
parallel safe
return regexp_replace(to_json(value)::text, '[\u007f-\u009f\ufeff\ufffe\uffff]', '?', 'g');

comment on function _noetl.yaml_string(text) is
  'A text as a YAML scalar in double quotes, which JSON''s strings are; characters that YAML forbids become a question mark.';
