create or replace function _noetl.forget_point(point _noetl.otlp_data_point, runtime_id bigint)
returns void
language sql
volatile
parallel unsafe
begin atomic
  select _noetl.take_off(array(
    select s.series_id
    from _noetl.series as s
    where s.runtime_id = forget_point.runtime_id
      and s.metric_type = (point).metric_type
      and s.metric_name in ((point).name, (point).name || '_bucket', (point).name || '_sum', (point).name || '_count')
      and s.labels - case (point).metric_type when 'histogram' then 'le' when 'summary' then 'quantile' else '' end = (point).labels
    union
    select n.series_id
    from _noetl.pending_series as n
    where n.runtime_id = forget_point.runtime_id
      and n.metric_type = (point).metric_type
      and n.metric_name in ((point).name, (point).name || '_bucket', (point).name || '_sum', (point).name || '_count')
      and n.labels - case (point).metric_type when 'histogram' then 'le' when 'summary' then 'quantile' else '' end = (point).labels));
end;

comment on function _noetl.forget_point(_noetl.otlp_data_point, bigint) is
  'Takes off the page what earlier data points of a stream put there: this one says that there is no value.';
