create or replace function _noetl.with_trimmed_text(lists jsonb)
returns jsonb
language sql
immutable
parallel safe
return case
  when lists #> '{-1,-1}' ? 'text' then jsonb_set(lists, '{-1,-1,text}', to_jsonb(rtrim(lists #>> '{-1,-1,text}', E' \t\r\n')))
  else lists
end;

comment on function _noetl.with_trimmed_text(jsonb) is 'The lists of nodes of a template that is being parsed; a {{- took the blanks off the end of the text before it.';
