create or replace function noetl.openapi()
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object(
    'openapi', '3.1.0',
    'info', '{
      "title": "noetl-metrics", "version": "1", "license": {"name": "MIT", "identifier": "MIT"},
      "description": "Report, query and scrape metrics that live in PostgreSQL."}'::jsonb,
    'servers', '[{"url": "/"}]'::jsonb,
    'tags', (select jsonb_agg(jsonb_build_object('name', t.name, 'description', t.description) order by t.place) from _noetl.api_tag as t),
    'components', '{"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}'::jsonb,
    'security', '[{"token": []}, {}]'::jsonb,
    'paths', (
      select jsonb_object_agg(p.path, p.operations)
      from (
        select o.path, jsonb_object_agg(lower(o.method), o.operation) as operations from _noetl.openapi_operation as o group by o.path
      ) as p));
end;

comment on function noetl.openapi() is 'The HTTP API as an OpenAPI 3.1 document, rendered from _noetl.endpoint.';

create or replace function _noetl.openapi()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getOpenapi": "GET /openapi.json"},
  "handler": "document",
  "tag": "monitoring",
  "right": "reader",
  "summary": "This document.",
  "responses": {"200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {"type": "object"}}}}}
}$$::_noetl.endpoint_definition;

comment on function _noetl.openapi() is 'Where what noetl.openapi() said when the server last looked is served: GET /openapi.json.';
