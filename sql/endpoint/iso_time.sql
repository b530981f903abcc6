create or replace function _noetl.iso_time(at timestamptz)
returns text
language sql
stable
parallel safe
return case
  when isfinite(at) then to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  else at::text
end;

comment on function _noetl.iso_time(timestamptz) is 'A moment in RFC 3339, in UTC and to the microsecond, whatever the session''s time zone.';
