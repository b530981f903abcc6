create or replace function _noetl.record_collection(
  collector text, runtime_id bigint, beat timestamptz, started_at timestamptz, error text, published jsonb)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  took double precision := extract(epoch from clock_timestamp() - started_at);
  labels jsonb := _noetl.collector_labels(collector, runtime_id);
  last _noetl.collector_run;
  success_at timestamptz;
begin
  select r.* into last from _noetl.collector_run as r where r.name = collector and r.runtime_id = record_collection.runtime_id;
  if last.succeeded is not true then
    perform _noetl.declare_collector(_noetl.collector_family());
  end if;
  if last.published <> published then
    perform _noetl.withdraw_samples(
      (select jsonb_agg(p) from jsonb_array_elements(last.published) as p where p not in (select n from jsonb_array_elements(published) as n)),
      runtime_id);
  end if;
  insert into _noetl.collector_run as r (
    name, runtime_id, beat, started_at, succeeded, error, samples, duration_seconds, last_success_at, runs, failures, published)
  values (
    collector, runtime_id, beat, started_at, error is null, error, jsonb_array_length(published), took,
    case when error is null then started_at end, 1, (error is not null)::integer, published)
  on conflict on constraint collector_run_pkey do update set
    beat = coalesce(excluded.beat, r.beat), started_at = excluded.started_at, succeeded = excluded.succeeded, error = excluded.error,
    samples = excluded.samples, duration_seconds = excluded.duration_seconds,
    last_success_at = coalesce(excluded.last_success_at, r.last_success_at),
    runs = r.runs + 1, failures = r.failures + excluded.failures,
    published = case when r.published <> excluded.published then excluded.published else r.published end
  returning r.last_success_at into success_at;
  perform _noetl.set_gauges(
    jsonb_build_array(
      jsonb_build_array('noetl_collector_success', labels, (error is null)::integer),
      jsonb_build_array('noetl_collector_duration_seconds', labels, took))
    || case when success_at is null then '[]'
      else jsonb_build_array(jsonb_build_array('noetl_collector_last_success_timestamp_seconds', labels, extract(epoch from success_at))) end,
    runtime_id);
end
$$;

comment on function _noetl.record_collection(text, bigint, timestamptz, timestamptz, text, jsonb) is
  'Writes down how a run of a collector, or of a server''s probe (runtime_id, else 0), went, takes off the page what the run before had and this one has not, and sets the gauges noetl_collector_….';
