create or replace function _noetl.go_rfc3339(at timestamptz)
returns text
language sql
immutable
parallel safe
return coalesce(
  regexp_replace(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '\.?0*$', '') || 'Z',
  '0001-01-01T00:00:00Z');

comment on function _noetl.go_rfc3339(timestamptz) is 'A time as Go writes it in JSON; null: its zero time, which stands for none.';
