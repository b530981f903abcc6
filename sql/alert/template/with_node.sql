create or replace function _noetl.with_node(lists jsonb, node jsonb)
returns jsonb
language sql
immutable
parallel safe
return jsonb_set(lists, '{-1}', case
  -- the text after a -}} loses its blanks
  when lists #> '{-1,-1}' ? 'trim' then
    (lists -> -1) - -1 || case when node ? 'text' then jsonb_build_array(jsonb_build_object('text', ltrim(node ->> 'text', E' \t\r\n'))) else jsonb_build_array(node) end
  else lists -> -1 || jsonb_build_array(node)
end);

comment on function _noetl.with_node(jsonb, jsonb) is 'The lists of nodes of a template that is being parsed, with one more at the end of the innermost.';
