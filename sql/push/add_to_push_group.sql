create or replace function noetl.add_to_push_group(path text, body text, content_type text default null, ttl text default null)
returns _noetl.answer
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select _noetl.receive_push(path, body, content_type, ttl, false);
end;

comment on function noetl.add_to_push_group(text, text, text, text) is
  'Replaces what the group has on the page of the families in body, by noetl.push_metrics(); the group is the one that path names, /metrics/job/<job>{/<label>/<value>}. A push that breaks a rule is answered by the status 400 and remembered by noetl.push_failed(). content_type: of body, openmetrics or protobuf where it is that; ttl: a duration such as 12h.';

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
  "arguments": ["request.path", "body", "header.content-type", "query.ttl"],
  "path": {
    "path": {
      "type": "string",
      "description": "The job (after job@base64 in base64url), then /<label>/<value> for each further label of the group; <label>@base64 takes its value in base64url.",
      "examples": ["YmFja3Vw/instance/db1"]
    }
  },
  "query": {"ttl": {"type": "string", "description": "How long after this push the group is deleted, unless there is another one; without it, the setting push_ttl.", "examples": ["12h"]}},
  "takes": {
    "*/*": "text",
    "application/vnd.google.protobuf": "metric_families",
    "application/x-protobuf": null
  },
  "body": {
    "type": "string",
    "description": "The Prometheus text format 0.0.4, also where the content type says something else, as curl does; OpenMetrics, or io.prometheus.client.MetricFamily in delimited protobuf, where it says so. No timestamps.",
    "examples": ["# TYPE backup_size_bytes gauge\nbackup_size_bytes{volume=\"home\"} 1.5e9\n"]
  },
  "failures": {"415": "Other protobuf, or compressed by anything but gzip."}
}$$::_noetl.endpoint_definition;

comment on function _noetl.add_to_push_group() is 'Where noetl.add_to_push_group() is called over HTTP: POST /metrics/job/{+path}, POST /metrics/job@base64/{+path}.';
