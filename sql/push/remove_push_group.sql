create or replace function noetl.remove_push_group(path text)
returns boolean
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select noetl.delete_push_group(noetl.push_grouping(regexp_replace(path, '^/metrics/', '')));
end;

comment on function noetl.remove_push_group(text) is
  'noetl.delete_push_group() for the group that path names: /metrics/job/<job>{/<label>/<value>}.';

create or replace function _noetl.remove_push_group()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"deletePushGroup": "DELETE /metrics/job/{+path}", "deletePushGroupEncoded": "DELETE /metrics/job@base64/{+path}"},
  "tag": "metrics",
  "right": "writer",
  "summary": "Remove a group of a Pushgateway.",
  "arguments": ["request.path"],
  "path": {
    "path": {
      "type": "string",
      "description": "The job (after job@base64 in base64url), then /<label>/<value> for each further label of the group; <label>@base64 takes its value in base64url.",
      "examples": ["YmFja3Vw/instance/db1"]
    }
  },
  "status": 202
}$$::_noetl.endpoint_definition;

comment on function _noetl.remove_push_group() is 'Where noetl.remove_push_group() is called over HTTP: DELETE /metrics/job/{+path}, DELETE /metrics/job@base64/{+path}.';
