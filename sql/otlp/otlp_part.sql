create or replace function _noetl.otlp_part(point _noetl.otlp_data_point, stream _noetl.otlp_stream)
returns table (name text, labels jsonb, value double precision, metadata jsonb)
language sql
immutable
parallel safe
rows 20
begin atomic
  select (point).name, '{}'::jsonb,
    coalesce((stream).total, _noetl.otlp_number(coalesce((point).point -> 'asInt', (point).point -> 'asDouble'))),
    case when (point).metric_type = 'counter' and (point).point ? 'exemplars' then _noetl.otlp_exemplar((point).point, '-Infinity', 'Infinity') end
  where (point).kind in ('sum', 'gauge')
  union all
  select (point).name || '_bucket', jsonb_build_object('le', _noetl.bound_text(b.bound)), b.observations,
    case when (point).point ? 'exemplars' then
      _noetl.otlp_exemplar((point).point, coalesce(lag(b.bound) over (order by b.bound), '-Infinity'), b.bound)
    end
  from (
    select u.bound, sum(u.observations) over (order by u.bound) as observations
    from unnest((stream).bounds, (stream).counts) as u (bound, observations)
    union all
    select 'Infinity', (stream).observations
  ) as b
  where (point).metric_type = 'histogram'
  union all
  select (point).name, jsonb_build_object('quantile', q.key), q.value::double precision, null
  from jsonb_each_text(case (point).kind when 'summary' then _noetl.otlp_quantiles((point).point) else '{}' end) as q
  union all
  select (point).name || '_sum', '{}', (stream).total, null
  where (point).metric_type in ('histogram', 'summary') and (stream).total is not null
  union all
  select (point).name || '_count', '{}', (stream).observations, null
  where (point).metric_type in ('histogram', 'summary');
end;

comment on function _noetl.otlp_part(_noetl.otlp_data_point, _noetl.otlp_stream) is
  'The samples that a data point comes to: a value, or buckets with le, quantiles, sum and count. stream: its figures, cumulative ones.';
