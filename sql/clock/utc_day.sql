create or replace function _noetl.utc_day(at timestamptz)
returns date
language sql
immutable
parallel safe
return (at at time zone 'UTC')::date;

comment on function _noetl.utc_day(timestamptz) is 'The UTC day that a moment falls in.';
