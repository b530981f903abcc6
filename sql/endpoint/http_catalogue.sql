create or replace function _noetl.http_catalogue()
returns json
language sql
stable
parallel safe
begin atomic
  select json_build_object(
    'version', _noetl.http_version(),
    'endpoints', (select jsonb_agg(to_jsonb(e) order by e.path, e.method) from _noetl.endpoint as e),
    'forms', (
      select json_object_agg(f.name, json_build_object('content_type', f.content_type, 'template', f.template, 'codes', f.codes))
      from _noetl.error_form as f),
    'statuses', (select jsonb_object_agg(s.sqlstate, json_build_object('status', s.status, 'is_told', s.is_told)) from _noetl.http_status as s),
    'document', noetl.openapi());
end;

comment on function _noetl.http_catalogue() is 'All that a server must know of the HTTP API: the endpoints, the forms of errors, the statuses of SQLSTATEs, and the OpenAPI document.';
