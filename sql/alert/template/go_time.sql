create or replace function _noetl.go_time(at double precision)
returns text
language sql
immutable
parallel safe
return case
  when at::text in ('NaN', 'Infinity', '-Infinity') then _noetl.go_general(at, 4)
  when at not between -62135596800 and 253402300799 then _noetl.go_general(at, 4)
  else regexp_replace(to_char(to_timestamp(at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '\.?0*$', '') || ' +0000 UTC'
end;

comment on function _noetl.go_time(double precision) is
  'A Unix time in seconds as Prometheus'' template function humanizeTimestamp writes it: 2027-01-31 23:59:59.5 +0000 UTC.';
