create or replace function noetl.openmetrics_text()
returns text
language sql
stable
parallel unsafe
begin atomic
  select coalesce(string_agg(e.body, '' order by e.family collate "C"), '') || E'# EOF\n' from noetl.openmetrics_exposition as e;
end;

comment on function noetl.openmetrics_text() is 'The whole page in OpenMetrics 1.0, closed by # EOF.';
