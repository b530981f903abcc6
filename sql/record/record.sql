create or replace function _noetl.record(
  runtime_id bigint,
  metric_type text,
  name text,
  labels jsonb,
  value double precision,
  metadata jsonb
)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  component bigint := coalesce(runtime_id, nullif(current_setting('noetl.runtime_id', true), '')::bigint, 0);
  label_set jsonb := coalesce(labels, '{}');
begin
  -- lookup and event in one statement: two cost a third more
  insert into _noetl.event (series_id, value, metadata)
  select s.series_id, record.value, record.metadata
  from _noetl.series as s
  where s.series_id = _noetl.fingerprint(component, record.metric_type, record.name, label_set)
    and s.labels = label_set
    and s.metric_name = record.name
    and s.runtime_id = component
    and s.retired_at is null;
  if not found then
    insert into _noetl.event (series_id, value, metadata)
    values (_noetl.recorded_series(component, metric_type, name, labels), value, metadata);
  end if;
end
$$;

comment on function _noetl.record(bigint, text, text, jsonb, double precision, jsonb) is
  'Records one event of a series, and the series itself at first sight. Null runtime_id: as in _noetl.recorded_series().';
