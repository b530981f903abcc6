create or replace function _noetl.promql_type_fault(node jsonb, wanted text, place text)
returns jsonb
language sql
immutable
parallel safe
return case when node ->> 'returns' <> wanted then jsonb_build_object('start', node -> 'start', 'message', format(
  'expected type %s in %s, got %s', _noetl.promql_type(jsonb_build_object('returns', wanted)), place, _noetl.promql_type(node))) end;

comment on function _noetl.promql_type_fault(jsonb, text, text) is
  'What is wrong where a node does not return what is wanted in a place: scalar, vector, matrix or string; null: nothing.';
