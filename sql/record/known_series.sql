create or replace function _noetl.known_series(runtime_id bigint, metric_type text, metric_name text, labels jsonb)
returns table (series_id bigint)
language sql
stable
parallel safe
rows 1
begin atomic
  -- "is true": found by its fingerprint alone, not among all of the same name
  select s.series_id
  from _noetl.series as s
  where s.series_id = _noetl.fingerprint(
      _noetl.writing_component(known_series.runtime_id), known_series.metric_type, known_series.metric_name, coalesce(known_series.labels, '{}'))
    and (
      s.runtime_id = _noetl.writing_component(known_series.runtime_id)
      and s.metric_name = known_series.metric_name
      and s.labels = coalesce(known_series.labels, '{}')) is true
    and s.retired_at is null;
end;

comment on function _noetl.known_series(bigint, text, text, jsonb) is
  'The series that the fold has registered for events of this name; no row: nobody has looked at its name and labels yet. Inlined, so that to look it up and to record an event is one statement. Null runtime_id: as in _noetl.writing_component().';
