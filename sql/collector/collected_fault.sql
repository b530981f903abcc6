create or replace function _noetl.collected_fault(metrics jsonb, rows jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select coalesce(
    (select format('the result has no column "%s"; its columns are: %s', m.key, (select string_agg(k, ', ') from jsonb_object_keys(rows -> 0) as k))
      from jsonb_each(metrics) as m
      where jsonb_array_length(rows) > 0 and not rows -> 0 ? m.key
      order by m.key
      limit 1),
    (select case
        when s.metric_type = 'histogram' then
          format('row %s, column "%s": a histogram is an array of finite numbers or {"buckets": {"<le>": <cumulative count>}, "sum", "count"}', s.place, s."column")
        else format('row %s, column "%s": %s is not a number', s.place, s."column", left(s.cell::text, 60)) end
      from _noetl.collected_sample(metrics, rows) as s
      where (jsonb_typeof(s.cell) in ('number', 'boolean') or s.cell in ('"NaN"', '"Infinity"', '"-Infinity"')) is not true
      order by s.place, s."column"
      limit 1),
    (select format('%s rows have the labels %s', count(*), _noetl.canonical_labels(s.labels, 'v', null))
      from _noetl.collected_sample(metrics, rows) as s
      group by s.metric_name, _noetl.canonical_labels(s.labels, 'v', null)
      having count(*) > 1
      order by 1
      limit 1));
end;

comment on function _noetl.collected_fault(jsonb, jsonb) is 'Why the rows of a result cannot be metrics; null: they can.';
