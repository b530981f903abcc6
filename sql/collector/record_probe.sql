create or replace function _noetl.record_probe(
  name text, runtime_id bigint, beat timestamptz, samples jsonb, error text, seconds double precision)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  published jsonb;
begin
  -- it may have been disabled meanwhile
  if not exists (select from noetl.collector as c where c.name = record_probe.name and c.enabled)
    or exists (
      select from _noetl.collector_run as r
      where r.name = record_probe.name and r.runtime_id = record_probe.runtime_id
        -- one to come is of a clock that has been set back
        and (r.beat = record_probe.beat or r.beat between record_probe.beat and clock_timestamp()))
  then
    return;
  end if;
  with stored as (
    insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, help_text, unit)
    select record_probe.runtime_id, s.metric_name, s.metric_type, s.metric_value, coalesce(s.labels, '{}'), s.help_text, s.unit
    from jsonb_to_recordset(samples) as s (
      metric_name text, metric_type text, metric_value double precision, labels jsonb, help_text text, unit text)
    returning metric_name, labels, metric_type
  )
  select coalesce(jsonb_agg(jsonb_build_array(s.metric_name, s.labels, s.metric_type)), '[]') into published from stored as s;
  perform _noetl.record_collection(name, runtime_id, beat, clock_timestamp() - make_interval(secs => seconds), error, published);
end
$$;

comment on function _noetl.record_probe(text, bigint, timestamptz, jsonb, text, double precision) is
  'Stores what a server''s probe has read, as noetl.report() takes it, and writes down how it went; what it read the last time and not now leaves the page. error: what could not be read; seconds: how long reading took. A beat that is written down already is left as it is, and so is a later one.';
