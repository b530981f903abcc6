create or replace function _noetl.exemplar_text(exemplar jsonb)
returns text
language sql
immutable
parallel safe
return case
  when exemplar is not null and length(coalesce(exemplar #>> '{labels,trace_id}', '')) + length(coalesce(exemplar #>> '{labels,span_id}', '')) <= 100 then
    ' # {' || _noetl.rendered_labels(exemplar -> 'labels') || '} ' || _noetl.float_text((exemplar ->> 'value')::double precision)
    || ' ' || (exemplar ->> 'at')
  else ''
end;

comment on function _noetl.exemplar_text(jsonb) is
  'An exemplar as OpenMetrics writes it behind a line; empty where there is none or its ids are longer than the format allows.';
