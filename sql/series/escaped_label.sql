create or replace function _noetl.escaped_label(value text)
returns text
language sql
immutable
parallel safe
return replace(replace(replace(value, '\', '\\'), E'\n', '\n'), '"', '\"');

comment on function _noetl.escaped_label(text) is 'A label value, or an OpenMetrics help text, as it stands between quotes.';
