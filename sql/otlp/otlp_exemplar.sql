create or replace function _noetl.otlp_exemplar(point jsonb, above double precision, until double precision)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select jsonb_build_object('trace_id', e.exemplar ->> 'traceId', 'span_id', nullif(e.exemplar ->> 'spanId', ''), 'exemplar_value', e.value)
  from (
    select each as exemplar, _noetl.otlp_number(coalesce(each -> 'asInt', each -> 'asDouble')) as value
    from jsonb_array_elements(case jsonb_typeof(point -> 'exemplars') when 'array' then point -> 'exemplars' else '[]' end) as each
  ) as e
  where e.value > above and e.value <= until and abs(e.value) < 1e300 and e.exemplar ->> 'traceId' ~ '^[0-9a-fA-F]{32}$'
  order by e.value desc
  limit 1;
end;

comment on function _noetl.otlp_exemplar(jsonb, double precision, double precision) is
  'The largest exemplar of a data point between two values, as metadata of a sample; null: there is none with a trace.';
