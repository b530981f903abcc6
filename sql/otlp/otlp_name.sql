create or replace function _noetl.otlp_name(name text, unit text, metric_type text)
returns text
language sql
immutable
parallel safe
begin atomic
  select b.base
    || case when '_' || b.base || '_' like '%\_' || replace(s.suffix, '_', '\_') || '\_%' then '' else coalesce('_' || s.suffix, '') end
    || case when metric_type = 'counter' then '_total' else '' end
  from (
    select regexp_replace(regexp_replace(regexp_replace(name, '[^a-zA-Z0-9_:]', '_', 'g'), '__+', '_', 'g'), '^([0-9])', '_\1') as name
  ) as n
  cross join lateral (select case when metric_type = 'counter' then regexp_replace(n.name, '(.)_total$', '\1') else n.name end as base) as b
  cross join (select coalesce(_noetl.otlp_unit(unit), case when unit = '1' and metric_type = 'gauge' then 'ratio' end) as suffix) as s;
end;

comment on function _noetl.otlp_name(text, text, text) is
  'The name of the family of an OpenTelemetry metric: its unit and, of a counter, _total are added at its end unless they are there.';
