create or replace function _noetl.family_fault(
  name text, metric_type text, buckets double precision[], quantiles double precision[], aggregate text, max_series integer)
returns text
language sql
immutable
parallel safe
return case
  when _noetl.sample_fault(name, metric_type, '{"le": 1}') like 'metric_name:%' then
    replace(_noetl.sample_fault(name, metric_type, '{"le": 1}'), 'metric_name:', 'name:')
  when metric_type is null or metric_type not in ('counter', 'gauge', 'histogram', 'summary', 'untyped') then
    format('metric_type: "%s" is none of counter, gauge, histogram, summary, untyped', metric_type)
  when metric_type in ('histogram', 'summary') and _noetl.sample_part(metric_type, name, '{}') <> 'o' then
    format('name: a %s must not end in _bucket, _sum or _count: its samples do', metric_type)
  when buckets is not null and metric_type <> 'histogram' then format('buckets: a %s has none', metric_type)
  when buckets = '{}' or buckets is distinct from array(select distinct b from unnest(buckets) as b where b < 'Infinity' and b > '-Infinity' order by b)
    and buckets is not null then
    'buckets: must be ascending finite numbers; +Inf is added by itself'
  when quantiles is not null and metric_type <> 'summary' then format('quantiles: a %s has none', metric_type)
  when exists (select from unnest(quantiles) as q where q is null or not q between 0 and 1) then 'quantiles: must be between 0 and 1'
  when aggregate not in ('last', 'sum', 'min', 'max', 'avg') then format('aggregate: "%s" is none of last, sum, min, max, avg', aggregate)
  when max_series < 1 then 'max_series: must be 1 or more'
end;

comment on function _noetl.family_fault(text, text, double precision[], double precision[], text, integer) is
  'What is wrong with a declaration, as "field: rule"; null: nothing.';
