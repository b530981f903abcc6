create or replace function noetl.report_metrics(report jsonb, partial boolean default false, idempotency_key text default null)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  answer jsonb := _noetl.earlier_answer(idempotency_key, jsonb_build_array('report_metrics', report, partial));
  component bigint;
begin
  if answer is not null then
    return answer;
  end if;
  component := _noetl.reporting_component(report);
  perform _noetl.beat(component, report ->> 'status');
  answer := jsonb_build_object('runtime_id', component)
    || _noetl.store_samples(_noetl.without_component(report -> 'metrics'), partial, component);
  return _noetl.keep_answer(idempotency_key, answer);
end
$$;

comment on function noetl.report_metrics(jsonb, boolean, text) is
  'Stores {"runtime_id": 1, "metrics": [...]} or {"component": {"name", "type", ...}, "metrics": [...]}: samples of one component, registered at first sight. status, if given, makes it a heartbeat (ready, busy or offline); without one it counts as a heartbeat of a component that beats already. Returns {runtime_id, stored, rejected}; see noetl.insert_metrics().';

create or replace function _noetl.report_metrics()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"reportMetrics": "POST /api/metrics/report"},
  "tag": "metrics",
  "right": "writer",
  "summary": "Report samples of one component; counts as a heartbeat of one that beats.",
  "arguments": ["body", "query.partial", "header.idempotency-key"],
  "query": {"partial": {"$ref": "partial"}},
  "headers": {"idempotency-key": {"$ref": "idempotencyKey"}},
  "body": {
    "type": "object",
    "properties": {
      "component": {"$ref": "component"},
      "runtime_id": {"$ref": "givenRuntimeId"},
      "status": {
        "type": ["string", "null"],
        "enum": ["ready", "busy", "offline", null],
        "examples": ["ready"],
        "description": "Of the component: a heartbeat. From its first one on it is lost when it is silent; without one it never is."
      },
      "metrics": {"type": "array", "items": {"$ref": "sample", "properties": {"$ref": "sampleFields"}}, "maxItems": 10000}
    },
    "required": ["metrics"],
    "anyOf": [{"required": ["component"]}, {"required": ["runtime_id"]}]
  },
  "status": 201,
  "answer": {"$ref": "reported"}
}$$::_noetl.endpoint_definition;

comment on function _noetl.report_metrics() is 'Where noetl.report_metrics() is called over HTTP: POST /api/metrics/report.';
