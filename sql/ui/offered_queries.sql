create or replace function _noetl.offered_queries(name text, metric_type text, unit text)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select jsonb_agg(jsonb_build_object('title', q.title, 'unit', q.unit, 'targets', q.targets) order by q.place)
  from (
    select o.place, o.title, o.unit, jsonb_agg(jsonb_build_object('legend', o.legend, 'expression', format(o.expression, name)) order by o.part) as targets
    from (values
      ('{gauge,untyped}'::text[], 1, 'Value', unit, 1, null::text, '%1$s'),
      ('{gauge,untyped}', 2, 'Sum', unit, 1, 'sum', 'sum(%1$s)'),
      ('{gauge,untyped}', 3, 'Change per second', null, 1, null, 'deriv(%1$s[$__rate_interval])'),
      ('{counter}', 1, 'Per second', 'ops', 1, null, 'rate(%1$s[$__rate_interval])'),
      ('{counter}', 2, 'Per second, together', 'ops', 1, 'together', 'sum(rate(%1$s[$__rate_interval]))'),
      ('{counter}', 3, 'Total', unit, 1, null, '%1$s'),
      ('{histogram}', 1, 'Quantiles', unit, 1, 'median', 'histogram_quantile(0.5, sum by (le) (rate(%1$s_bucket[$__rate_interval])))'),
      ('{histogram}', 1, 'Quantiles', unit, 2, '95th percentile', 'histogram_quantile(0.95, sum by (le) (rate(%1$s_bucket[$__rate_interval])))'),
      ('{histogram}', 1, 'Quantiles', unit, 3, '99th percentile', 'histogram_quantile(0.99, sum by (le) (rate(%1$s_bucket[$__rate_interval])))'),
      ('{summary}', 1, 'Quantiles', unit, 1, null, '%1$s'),
      ('{histogram,summary}', 2, 'Observations per second', 'ops', 1, null, 'rate(%1$s_count[$__rate_interval])'),
      ('{histogram,summary}', 3, 'Mean', unit, 1, null, 'rate(%1$s_sum[$__rate_interval]) / rate(%1$s_count[$__rate_interval])')
    ) as o (types, place, title, unit, part, legend, expression)
    where metric_type = any (o.types)
    group by o.place, o.title, o.unit
  ) as q;
end;

comment on function _noetl.offered_queries(text, text, text) is
  'What one may want to see of a family by its type, the usual first: {title, unit, targets: [{legend, expression}]}. $__rate_interval stands for a window that fits the step of the chart; legend null: the labels tell the lines apart.';
