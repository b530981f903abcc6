create or replace function _noetl.exemplar_labels(metadata jsonb)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select case
    when (select sum(length(l.key) + length(l.value)) from jsonb_each_text(e.labels) as l) > 128 then e.ids
    else e.labels
  end
  from (
    select i.ids, i.ids || coalesce((
      select jsonb_object_agg(o.key, o.value)
      from jsonb_each_text(case jsonb_typeof(metadata -> 'exemplar_labels') when 'object' then metadata -> 'exemplar_labels' else '{}' end) as o
      where o.key ~ '^[a-zA-Z_][a-zA-Z0-9_]*$' and o.key not like '\_\_%' and o.value <> '' and not i.ids ? o.key), '{}') as labels
    from (select jsonb_strip_nulls(jsonb_build_object('trace_id', metadata ->> 'trace_id', 'span_id', metadata ->> 'span_id')) as ids) as i
  ) as e;
end;

comment on function _noetl.exemplar_labels(jsonb) is
  'The labels of the exemplar that a sample''s metadata describes: trace_id, span_id and those of the object exemplar_labels, without the latter where all of them would have more than the 128 characters that OpenMetrics allows.';
