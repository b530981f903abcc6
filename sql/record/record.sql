create or replace function _noetl.record(
  runtime_id bigint,
  metric_type text,
  name text,
  labels jsonb,
  value double precision,
  metadata jsonb
)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := _noetl.register_series(runtime_id, metric_type, name, labels);
begin
  if fault is null then
    insert into _noetl.event (series_id, value, metadata)
    values (
      _noetl.fingerprint(_noetl.writing_component(record.runtime_id), record.metric_type, record.name, coalesce(record.labels, '{}')),
      record.value, record.metadata);
  else
    perform _noetl.count_rejected(fault);
  end if;
  return fault;
end
$$;

comment on function _noetl.record(bigint, text, text, jsonb, double precision, jsonb) is
  'Records one event of a series, and the series itself at first sight; returns why not, which it counts, as "field: rule", for the caller to raise. Called where _noetl.known_series() does not know it. Null runtime_id: as in _noetl.writing_component().';
