create or replace function _noetl.json_series(labels jsonb, at_ms bigint[], vals double precision[], begun text[])
returns text
language sql
immutable
parallel safe
return case
  when at_ms is not null then format('{"metric":%s,"values":%s}', labels, _noetl.json_samples(
    array(select '[' || _noetl.json_time(t.ms) || ',"' from unnest(at_ms) with ordinality as t (ms, place) order by t.place), vals))
  when cardinality(begun) > 0 then format('{"metric":%s,"values":%s}', labels, _noetl.json_samples(begun, vals))
end;

comment on function _noetl.json_series(jsonb, bigint[], double precision[], text[]) is
  'A series with all its values in Prometheus'' answer. begun: how each value on the steps begins, where at_ms does not give its time.';
