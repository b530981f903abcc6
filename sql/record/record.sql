create or replace function _noetl.record(
  runtime_id bigint,
  metric_type text,
  name text,
  labels jsonb,
  value double precision,
  metadata jsonb
)
returns void
language sql
volatile
parallel unsafe
begin atomic
  insert into _noetl.event (series_id, value, metadata)
  values (_noetl.recorded_series(record.runtime_id, record.metric_type, record.name, record.labels), record.value, record.metadata);
end;

comment on function _noetl.record(bigint, text, text, jsonb, double precision, jsonb) is
  'Records one event of a series, and the series itself at first sight. Called where _noetl.known_series() does not know it. Null runtime_id: as in _noetl.writing_component().';
