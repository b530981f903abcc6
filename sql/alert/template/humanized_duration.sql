create or replace function _noetl.humanized_duration(seconds double precision)
returns text
language sql
immutable
parallel safe
return case
  when seconds::text in ('NaN', 'Infinity', '-Infinity') then _noetl.go_general(seconds, 4)
  when abs(seconds) >= 60 then (
    select case when seconds < 0 then '-' else '' end
      || case when w.total >= 86400 then div(w.total, 86400) || 'd ' else '' end
      || case when w.total >= 3600 then div(mod(w.total, 86400), 3600) || 'h ' else '' end
      || div(mod(w.total, 3600), 60) || 'm ' || mod(w.total, 60) || 's'
    from (select trunc(abs(seconds)::numeric) as total) as w)
  when seconds = 0 or abs(seconds) >= 1 then _noetl.go_general(seconds, 4) || 's'
  else _noetl.humanized(seconds) || 's'
end;

comment on function _noetl.humanized_duration(double precision) is
  'A number of seconds as Prometheus'' template function humanizeDuration writes it: 1d 2h 3m 4s, 5.25s, 12ms.';
