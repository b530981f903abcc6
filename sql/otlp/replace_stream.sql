create or replace function _noetl.replace_stream(stream _noetl.otlp_stream, metric_type text, name text, labels jsonb)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  known double precision[] := (select s.bounds from _noetl.otlp_stream as s where s.series_id = stream.series_id);
begin
  if known is distinct from stream.bounds then
    insert into _noetl.otlp_stream (series_id, runtime_id, bounds)
    values (stream.series_id, stream.runtime_id, stream.bounds)
    on conflict on constraint otlp_stream_pkey do update
    set bounds = excluded.bounds, counts = null, total = null, observations = null;
  end if;
  if not known <@ stream.bounds then
    perform _noetl.take_off(array(
      select _noetl.fingerprint(
        stream.runtime_id, metric_type,
        name || case metric_type when 'histogram' then '_bucket' else '' end,
        labels || jsonb_build_object(case metric_type when 'histogram' then 'le' else 'quantile' end, _noetl.bound_text(gone)))
      from unnest(known) as gone
      where gone <> all (stream.bounds)));
  end if;
end
$$;

comment on function _noetl.replace_stream(_noetl.otlp_stream, text, text, jsonb) is
  'Notes the bounds or quantiles that a stream of cumulative temporality has now, and takes those off the page that it has not any more.';
