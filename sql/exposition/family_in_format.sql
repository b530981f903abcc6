create or replace function _noetl.family_in_format(openmetrics boolean, name text, metric_type text, unit text)
returns table (page_name text, page_type text, page_unit text)
language sql
immutable
parallel safe
rows 1
begin atomic
  select
    n.page_name,
    case when openmetrics and (metric_type = 'untyped' or metric_type = 'counter' and name !~ '._total$') then 'unknown' else metric_type end,
    case when not openmetrics or n.page_name like '%\_' || replace(unit, '_', '\_') then unit end
  from (select case when openmetrics and metric_type = 'counter' then regexp_replace(name, '(.)_total$', '\1') else name end as page_name) as n;
end;

comment on function _noetl.family_in_format(boolean, text, text, text) is
  'Name, type and unit of a family as OpenMetrics 1.0 or text 0.0.4 has them. Unit is null where the format forbids it.';
