create or replace function noetl.prometheus_text()
returns text
language sql
stable
parallel unsafe
begin atomic
  select coalesce(string_agg(e.body, '' order by e.family collate "C"), '') from noetl.prometheus_exposition as e;
end;

comment on function noetl.prometheus_text() is 'The whole Prometheus page in text format 0.0.4. In psql: \pset format unaligned, \pset tuples_only.';
