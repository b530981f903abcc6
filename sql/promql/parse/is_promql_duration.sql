create or replace function _noetl.is_promql_duration(token text)
returns boolean
language sql
immutable
parallel safe
return token ~ '^(?:\.?[0-9][0-9._]*(?:[eE][+-]?[0-9]+)?|0[xX][0-9a-fA-F]+)[smhdwy]s?(?:[0-9]+[smhdw]s?)*$';

comment on function _noetl.is_promql_duration(text) is
  'Whether Prometheus'' lexer takes a token of PromQL, that begins like a number, for a duration; it need not be a valid one.';
