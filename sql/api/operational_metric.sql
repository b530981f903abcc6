create or replace function noetl.operational_metric(metric_id bigint)
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  answer jsonb;
begin
  select _noetl.operational_json(s, r) into answer
  from noetl.metric as m
  join noetl.sample as s on s.series_id = m.series_id and s."timestamp" = m."timestamp" and s.metric_id = m.metric_id
  join noetl.runtime as r on r.runtime_id = s.runtime_id
  where m.metric_id = operational_metric.metric_id
  limit 1;
  if answer is null then
    raise exception 'metric_id: there is no sample %, or not any more', metric_id using errcode = 'no_data_found';
  end if;
  return answer;
end
$$;

comment on function noetl.operational_metric(bigint) is 'One stored sample as an operational metric; an unknown metric_id is an error.';

create or replace function _noetl.operational_metric()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getOperationalMetric": "GET /api/v1/metrics/{metric_id}"},
  "tag": "operational metrics",
  "right": "reader",
  "summary": "One stored sample.",
  "arguments": ["path.metric_id"],
  "path": {"metric_id": {"$ref": "metricId"}},
  "answer": {"$ref": "storedOperational"},
  "failures": {"404": "There is no such thing."}
}$$::_noetl.endpoint_definition;

comment on function _noetl.operational_metric() is 'Where noetl.operational_metric() is called over HTTP: GET /api/v1/metrics/{metric_id}.';
