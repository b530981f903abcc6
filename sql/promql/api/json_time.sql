create or replace function _noetl.json_time(ms bigint)
returns text
language sql
immutable
parallel safe
return case when ms % 1000 = 0 then (ms / 1000)::text else (ms::numeric / 1000)::numeric(30, 3)::text end;

comment on function _noetl.json_time(bigint) is 'Unix milliseconds as the seconds of Prometheus'' answers.';
