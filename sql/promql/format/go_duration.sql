create or replace function _noetl.go_duration(ms bigint)
returns text
language sql
immutable
strict
parallel safe
return case
  when ms = 0 then '0s'
  when ms < 0 then '-' || _noetl.positive_duration(-ms)
  else _noetl.positive_duration(ms)
end;

comment on function _noetl.go_duration(bigint) is 'Milliseconds as Prometheus writes a duration: 1h30m; years and weeks only where nothing is left.';
