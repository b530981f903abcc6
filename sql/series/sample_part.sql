create or replace function _noetl.sample_part(metric_type text, metric_name text, labels jsonb)
returns "char"
language sql
immutable
parallel safe
return case
  when metric_type not in ('histogram', 'summary') then 'v'
  when metric_type = 'histogram' and metric_name like '%\_bucket' then 'b'
  when metric_name like '%\_sum' then 's'
  when metric_name like '%\_count' then 'c'
  when metric_type = 'summary' and labels ? 'quantile' then 'q'
  else 'o'
end::"char";

comment on function _noetl.sample_part(text, text, jsonb) is
  'What a sample is: v the value of a counter or gauge; of a histogram or summary b bucket, q quantile, s sum, c count, o one observation.';
