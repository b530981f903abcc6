create or replace function _noetl.day_start(day date)
returns timestamptz
language sql
immutable
parallel safe
return day::timestamp at time zone 'UTC';

comment on function _noetl.day_start(date) is 'The first moment of a UTC day. Inverse of _noetl.utc_day(timestamptz).';
