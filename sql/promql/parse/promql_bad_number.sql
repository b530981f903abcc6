create or replace function _noetl.promql_bad_number(token text)
returns text
language sql
immutable
parallel safe
return substring(token from '^\.?[0-9](?:[0-9]|_(?![._eE])|\.(?![_.])|[eE][+-]?(?=[0-9]))*(?:[._eE][+-]?[._eE]?|[smhdwy]s?(?:[0-9]+[smhdw]s?)*[0-9]*[A-Za-z_]?)?');

comment on function _noetl.promql_bad_number(text) is
  'What Prometheus'' lexer has read of a token when it finds that it is neither a number nor a duration.';
