create or replace function _noetl.otlp_exemplar(point jsonb, above double precision, until double precision)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select jsonb_strip_nulls(jsonb_build_object('trace_id', e.trace_id, 'span_id', e.span_id, 'exemplar_labels', e.labels, 'exemplar_value', e.value,
    'exemplar_time', trim_scale(round(e.nanoseconds / 1000000000, 6))))
  from (
    select
      case when each ->> 'traceId' ~ '^[0-9a-fA-F]{32}$' then each ->> 'traceId' end as trace_id,
      nullif(each ->> 'spanId', '') as span_id,
      nullif(_noetl.otlp_attributes(each -> 'filteredAttributes'), '{}') as labels,
      _noetl.otlp_number(coalesce(each -> 'asInt', each -> 'asDouble')) as value,
      case when each ->> 'timeUnixNano' ~ '^[1-9]\d{0,18}$' then (each ->> 'timeUnixNano')::numeric end as nanoseconds
    from jsonb_array_elements(case jsonb_typeof(point -> 'exemplars') when 'array' then point -> 'exemplars' else '[]' end) as each
  ) as e
  where e.value > above and e.value <= until and abs(e.value) < 1e300 and coalesce(e.trace_id, e.labels::text) is not null
  order by e.trace_id is null, e.value desc
  limit 1;
end;

comment on function _noetl.otlp_exemplar(jsonb, double precision, double precision) is
  'The largest exemplar of a data point between two values, as metadata of a sample, one with a trace before any other; null: there is none with a trace or attributes.';
