create or replace function _noetl.text_labels(written text, plain boolean)
returns jsonb
language sql
immutable
parallel safe
return case
  when written = '' then '{}'
  -- several times as fast
  when plain then ('{"' || replace(replace(written, '="', '":"'), '",', '","') || '}')::jsonb
  else _noetl.any_text_labels(written)
end;

comment on function _noetl.text_labels(text, boolean) is
  'What stands between the braces of a sample of the text format, as an object. plain: there are no blanks or escapes, and commas only between labels.';
