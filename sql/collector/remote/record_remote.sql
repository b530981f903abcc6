create or replace function _noetl.record_remote(
  name text, runtime_id bigint, server text, rows jsonb, error text, seconds double precision)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  metrics jsonb := coalesce(
    (select c.metrics from noetl.collector as c where c.name = record_remote.name),
    (select q.metrics from _noetl.postgres_query as q where q.name = record_remote.name limit 1));
  most integer := coalesce((select c.max_rows from noetl.collector as c where c.name = record_remote.name), 1000);
  fault text := coalesce(error,
    case when jsonb_array_length(rows) > most then format('the result has more than %s rows', most) end,
    _noetl.collected_fault(metrics, rows));
  published jsonb := jsonb '[]';
begin
  perform _noetl.declare_collector(metrics);
  if fault is null then
    with stored as (
      insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, "timestamp")
      select record_remote.runtime_id, s.metric_name, s.metric_type,
        case when jsonb_typeof(s.cell) = 'boolean' then s.cell::boolean::integer::double precision else (s.cell #>> '{}')::double precision end,
        s.labels || jsonb_build_object('server', server), coalesce(s.at, clock_timestamp())
      from _noetl.collected_sample(metrics, rows) as s
      returning metric_name, labels, metric_type
    )
    select coalesce(jsonb_agg(jsonb_build_array(s.metric_name, s.labels, s.metric_type)), '[]') into published from stored as s;
  end if;
  perform _noetl.record_collection(name, runtime_id, null, clock_timestamp() - make_interval(secs => seconds), fault, published);
  return fault;
end
$$;

comment on function _noetl.record_remote(text, bigint, text, jsonb, text, double precision) is
  'Stores what a collector has found in a database elsewhere, which is a component, as its samples with the label server, and writes down how it went; returns what is wrong with it. What it found the last time and not now, or not without an error, leaves the page.';
