create or replace function noetl.runtime_metrics(runtime_id bigint, filter jsonb default '{}')
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from noetl.runtime as r where r.runtime_id = runtime_metrics.runtime_id) then
    raise exception 'runtime_id: there is no component %', runtime_id using errcode = 'no_data_found';
  end if;
  return noetl.query_metrics(filter || jsonb_build_object('runtime_id', runtime_id));
end
$$;

comment on function noetl.runtime_metrics(bigint, jsonb) is 'noetl.query_metrics() for one component; an unknown one is an error.';

create or replace function _noetl.runtime_metrics()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getRuntimeMetrics": "GET /api/runtime/{runtime_id}/metrics"},
  "tag": "metrics",
  "right": "reader",
  "summary": "Stored samples of one component, the latest first.",
  "arguments": ["path.runtime_id", "query"],
  "path": {"runtime_id": {"$ref": "runtimeId"}},
  "query": {"$ref": "sampleFilter"},
  "answer": {"$ref": "samples"},
  "failures": {"404": "There is no such thing."}
}$$::_noetl.endpoint_definition;

comment on function _noetl.runtime_metrics() is 'Where noetl.runtime_metrics() is called over HTTP: GET /api/runtime/{runtime_id}/metrics.';
