create or replace function _noetl.any_text_labels(written text)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select coalesce(jsonb_object_agg(p.pair[1], coalesce(_noetl.unescaped(p.pair[2]), '')), '{}')
  from regexp_matches(written, '([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"', 'g') as p (pair);
end;

comment on function _noetl.any_text_labels(text) is 'What _noetl.text_labels(text, boolean) does for labels with blanks or escapes in them.';
