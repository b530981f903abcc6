create or replace function _noetl.otlp_part(kind text, name text, point jsonb)
returns table (part_name text, part_labels jsonb, value text)
language sql
immutable
parallel safe
rows 10
begin atomic
  select name, '{}'::jsonb, coalesce(point ->> 'asDouble', point ->> 'asInt')
  where kind in ('counter', 'updown', 'gauge')
  union all
  select name || '_bucket', jsonb_build_object('le', coalesce(point -> 'explicitBounds' ->> (b.place - 1)::integer, '+Inf')),
    (sum((b.count)::numeric) over (order by b.place))::text
  from jsonb_array_elements_text(case kind when 'histogram' then point -> 'bucketCounts' else '[]' end) with ordinality as b (count, place)
  union all
  select name, jsonb_build_object('quantile', q.quantile ->> 'quantile'), q.quantile ->> 'value'
  from jsonb_array_elements(case kind when 'summary' then coalesce(point -> 'quantileValues', '[]') else '[]' end) as q (quantile)
  union all
  select name || '_' || f.field, '{}', point ->> f.field
  from unnest(array['sum', 'count']) as f (field)
  where kind in ('histogram', 'summary') and point ? f.field;
end;

comment on function _noetl.otlp_part(text, text, jsonb) is
  'The samples that a cumulative data point comes to: a value, or buckets with le, quantiles, sum and count.';
