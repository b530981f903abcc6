create or replace function _noetl.zoned(expression text, zone text)
returns text
language sql
immutable
parallel safe
return case when expression is null or zone is null then expression else format('timezone(%L, %s)', zone, expression) end;

comment on function _noetl.zoned(text, text) is
  'The expression of a time as timestamptz where it has no time zone of its own, and of a moment as a time without one; zone null: it stays as it is.';
