create or replace function _noetl.text_labels(written text)
returns jsonb
language sql
immutable
parallel safe
return case
  when written = '' then '{}'
  -- what nearly every line has, several times as fast
  when written ~ '^[a-zA-Z0-9_]+="[^"\\=,[:cntrl:]]*"(?:,[a-zA-Z0-9_]+="[^"\\=,[:cntrl:]]*")*$' then
    ('{"' || replace(replace(written, '=', '":'), ',', ',"') || '}')::jsonb
  else _noetl.any_text_labels(written)
end;

comment on function _noetl.text_labels(text) is 'What stands between the braces of a sample of the text format, as an object.';
