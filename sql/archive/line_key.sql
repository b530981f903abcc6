create or replace function _noetl.line_key(name text, labels jsonb)
returns text
language sql
immutable
parallel safe
return name || case when labels <> '{}' then '{' || _noetl.rendered_labels(labels) || '}' else '' end;

comment on function _noetl.line_key(text, jsonb) is 'A line before its value, its labels sorted. Inverse: _noetl.line_identity(text[]).';
