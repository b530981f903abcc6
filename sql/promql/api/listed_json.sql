create or replace function _noetl.listed_json(list jsonb, most integer)
returns jsonb
language sql
immutable
parallel safe
return case
  when jsonb_array_length(list) > most then jsonb_build_object(
    'status', 'success', 'data', jsonb_path_query_array(list, '$[0 to $end]', jsonb_build_object('end', most - 1)),
    'warnings', jsonb_build_array('results truncated due to limit'))
  else jsonb_build_object('status', 'success', 'data', list)
end;

comment on function _noetl.listed_json(jsonb, integer) is 'A list as an answer of Prometheus'' API, of which at most so many elements are told; null: all.';
