create or replace function noetl.add_to_push_group(path text, body text)
returns _noetl.answer
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.receive_push(path, body, false);
end;

comment on function noetl.add_to_push_group(text, text) is
  'Replaces what the group has on the page of the families in body, by noetl.push_metrics(); the group is the one that path names, /metrics/job/<job>{/<label>/<value>}. A push that breaks a rule is answered by the status 400 and remembered by noetl.push_failed().';

create or replace function _noetl.add_to_push_group()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"postPushGroup": "POST /metrics/job/{+path}", "postPushGroupEncoded": "POST /metrics/job@base64/{+path}"},
  "tag": "metrics",
  "right": "writer",
  "summary": "Replace the metrics of the same names in a group of a Pushgateway.",
  "arguments": ["request.path", "body"],
  "path": {
    "path": {
      "type": "string",
      "description": "The job (after job@base64 in base64url), then /<label>/<value> for each further label of the group; <label>@base64 takes its value in base64url.",
      "examples": ["YmFja3Vw/instance/db1"]
    }
  },
  "takes": {
    "*/*": "text",
    "application/openmetrics-text": null,
    "application/vnd.google.protobuf": null,
    "application/x-protobuf": null
  },
  "body": {
    "type": "string",
    "description": "The Prometheus text format 0.0.4, also where the content type says something else, as curl does, but not OpenMetrics or protobuf. No timestamps.",
    "examples": ["# TYPE backup_size_bytes gauge\nbackup_size_bytes{volume=\"home\"} 1.5e9\n"]
  },
  "failures": {"415": "Protobuf or OpenMetrics, or compressed by anything but gzip."}
}$$::_noetl.endpoint_definition;

comment on function _noetl.add_to_push_group() is 'Where noetl.add_to_push_group() is called over HTTP: POST /metrics/job/{+path}, POST /metrics/job@base64/{+path}.';
