create or replace function _noetl.json_series(labels jsonb, at_ms bigint[], vals double precision[], template text, begun text[])
returns text
language sql
immutable
parallel safe
return case
  when at_ms is not null then (
    select format('{"metric":%s,"values":%s}', labels, _noetl.json_samples(string_agg(t.begun, '%s"],' order by t.place) || '%s"]', array_agg(t.begun order by t.place), vals))
    from (
      select '[' || _noetl.json_time(u.ms) || ',"' as begun, u.place from unnest(at_ms) with ordinality as u (ms, place)
    ) as t)
  else format('{"metric":%s,"values":%s}', labels, _noetl.json_samples(template, begun, vals))
end;

comment on function _noetl.json_series(jsonb, bigint[], double precision[], text, text[]) is
  'A series with all its values in Prometheus'' answer. template, begun: see _noetl.json_samples(), of the values on the steps, where at_ms does not give their times.';
