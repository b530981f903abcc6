create or replace function _noetl.line_digest(name text, labels jsonb)
returns bytea
language sql
immutable
parallel safe
return sha256(convert_to(name || labels::text, 'UTF8'));

comment on function _noetl.line_digest(text, jsonb) is 'The key of a line in _noetl.line. A name holds no {, so that no two lines are written alike.';
