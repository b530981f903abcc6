create or replace function noetl.ready()
returns _noetl.answer
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select row(
    case when bool_and(r.ok) then 200 else 503 end,
    '{"content-type": "application/json; charset=utf-8"}',
    jsonb_build_object('ready', bool_and(r.ok), 'checks', jsonb_agg(to_jsonb(r))))::_noetl.answer
  from _noetl.readiness as r;
end;

comment on function noetl.ready() is
  'Whether the installation does its work, as (status, headers, body) of an HTTP answer: 200 or 503 with {ready, checks: [{name, ok, detail}]}, the rows of _noetl.readiness.';

create or replace function _noetl.ready()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getReady": "GET /ready", "getPrometheusReady": "GET /-/ready"},
  "tag": "page",
  "right": "none",
  "tolerant": true,
  "budget": "none",
  "summary": "Whether the database can be written to, and the schedule, the fold and the scrape go on.",
  "responses": {
    "200": {"description": "All of it.", "content": {"application/json": {"schema": {"$ref": "readiness"}}}},
    "503": {"description": "Not all of it, or the database does not answer.", "content": {
      "application/json": {"schema": {"$ref": "readiness"}}, "application/problem+json": {"schema": {"$ref": "problem"}}}}
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.ready() is 'Where noetl.ready() is called over HTTP: GET /ready, GET /-/ready.';
