create or replace function _noetl.collected_sample(metrics jsonb, rows jsonb)
returns table (place bigint, "column" text, metric_name text, metric_type text, labels jsonb, cell jsonb, at timestamptz)
language sql
immutable
parallel safe
rows 100
begin atomic
  select r.place, m.key, m.value ->> 'name' || coalesce(h.ending, ''), t.metric_type,
    l.labels || case when h.le is null then '{}' else jsonb_build_object('le', h.le) end,
    case when t.metric_type = 'histogram' then h.value else r.row -> m.key end,
    (r.row ->> (m.value ->> 'at'))::timestamptz
  from jsonb_array_elements(rows) with ordinality as r (row, place)
  cross join jsonb_each(metrics) as m
  cross join lateral (select coalesce(m.value ->> 'type', 'gauge') as metric_type) as t
  cross join lateral (
    select jsonb_strip_nulls(r.row - array(select jsonb_object_keys(metrics)) - array(select a.value ->> 'at' from jsonb_each(metrics) as a where a.value ? 'at')) as labels
  ) as l
  left join lateral _noetl.histogram_cell(r.row -> m.key, m.value -> 'buckets') as h on t.metric_type = 'histogram'
  where jsonb_typeof(r.row -> m.key) is distinct from 'null';
end;

comment on function _noetl.collected_sample(jsonb, jsonb) is
  'What the rows of a result come to, one row for each sample: a value column that is null gives none, a histogram several. cell is not checked yet; null: the result has no such column. at: when it was measured, where the metric names a column that says so; null: now.';
