create or replace function noetl.record_metrics(batch jsonb, idempotency_key text default null)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  answer jsonb := _noetl.earlier_answer(idempotency_key, jsonb_build_array('record_metrics', batch));
  component bigint := 0;
  recorded bigint;
  lists constant text[] := array['declare', 'increments', 'observations', 'gauges', 'metrics', 'operational'];
  fault text := (
    select case when part.key = any (lists) then part.key || ': must be an array' else part.key || ': is none of ' || array_to_string(lists, ', ') end
    from jsonb_each(case jsonb_typeof(batch) when 'object' then batch else '{}' end) as part
    where case when part.key = any (lists) then jsonb_typeof(part.value) <> 'array' else part.key not in ('runtime_id', 'component', 'status') end
    limit 1);
begin
  if answer is not null then
    return answer;
  end if;
  if jsonb_typeof(batch) is distinct from 'object' or batch ?| array['runtime_id', 'component'] then
    component := _noetl.reporting_component(batch);
  end if;
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value';
  end if;
  if (select sum(jsonb_array_length(part.value)) from jsonb_each(batch) as part where jsonb_typeof(part.value) = 'array')
      > _noetl.integer_setting('batch_limit') then
    raise exception 'batch: must hold at most % entries', _noetl.integer_setting('batch_limit') using errcode = 'program_limit_exceeded';
  end if;
  if component <> 0 then
    perform _noetl.beat(component, batch ->> 'status');
  end if;
  perform _noetl.declare_families(coalesce(batch -> 'declare', '[]'));
  recorded := noetl.inc_many(coalesce(batch -> 'increments', '[]'), component)
    + noetl.observe_many(coalesce(batch -> 'observations', '[]'), component)
    + noetl.set_many(coalesce(batch -> 'gauges', '[]'), component);
  answer := _noetl.store_samples(_noetl.without_component(coalesce(batch -> 'metrics', '[]')), false, component);
  recorded := recorded + (answer ->> 'stored')::bigint;
  answer := noetl.insert_operational_metrics(coalesce(batch -> 'operational', '[]'), runtime_id => component);
  return _noetl.keep_answer(idempotency_key, jsonb_build_object(
    'runtime_id', component, 'recorded', recorded + (answer ->> 'stored')::bigint));
end
$$;

comment on function noetl.record_metrics(jsonb, text) is
  'What noetl-metrics/client sends, in one transaction: {runtime_id or component?, status?, declare?: [{name, metric_type, help?, unit?, buckets?}], increments?, observations?, gauges?, metrics?, operational?} as for noetl.inc_many(), observe_many(), set_many(), insert_metrics() and insert_operational_metrics(). status: a heartbeat that says ready, busy, or offline when it leaves; without it only a component that beats already counts as heard. Returns {runtime_id, recorded}. All or nothing; a repeated idempotency_key records nothing and returns the same.';

create or replace function _noetl.record_metrics()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"recordMetrics": "POST /api/metrics/record"},
  "tag": "metrics",
  "right": "writer",
  "summary": "Add to counters, observe histograms, set gauges; sums stay exact however many processes do.",
  "arguments": ["body", "header.idempotency-key"],
  "headers": {"idempotency-key": {"$ref": "idempotencyKey"}},
  "body": {
    "type": "object",
    "properties": {
      "component": {"$ref": "component"},
      "runtime_id": {"$ref": "givenRuntimeId"},
      "status": {
        "type": ["string", "null"],
        "enum": ["ready", "busy", "offline", null],
        "examples": ["busy"],
        "description": "Of the component: a heartbeat. From its first one on it is lost when it is silent; without one it never is."
      },
      "declare": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "name": {"$ref": "metricName", "examples": ["mail_seconds"]},
            "metric_type": {"$ref": "metricType", "examples": ["histogram"]},
            "help": {"type": ["string", "null"], "examples": ["Time to send a mail."]},
            "unit": {"type": ["string", "null"], "examples": ["seconds"]},
            "buckets": {"type": ["array", "null"], "items": {"type": "number"}, "examples": [[0.1, 1, 10]]}
          },
          "required": ["name", "metric_type"]
        },
        "description": "Families; what is declared already stays as it is."
      },
      "increments": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "name": {"$ref": "metricName", "examples": ["mails_sent_total"]},
            "by": {
              "anyOf": [
                {"type": "number", "minimum": 0},
                {
                  "type": ["string", "null"],
                  "pattern": "^\\s*[+-]?([nN][aA][nN]|[iI][nN][fF]([iI][nN][iI][tT][yY])?|(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?)\\s*$"
                }
              ],
              "default": 1
            },
            "labels": {"$ref": "labels"},
            "metadata": {"$ref": "metadata"}
          },
          "required": ["name"]
        }
      },
      "observations": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "name": {"$ref": "metricName", "examples": ["mail_seconds"]},
            "value": {"$ref": "value"},
            "labels": {"$ref": "labels"},
            "metadata": {"$ref": "metadata"}
          },
          "required": ["name", "value"]
        }
      },
      "gauges": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "name": {"$ref": "metricName", "examples": ["mail_workers_busy"]},
            "value": {"$ref": "value"},
            "labels": {"$ref": "labels"},
            "metadata": {"$ref": "metadata"}
          },
          "required": ["name", "value"]
        }
      },
      "metrics": {"type": "array", "items": {"$ref": "sample", "properties": {"$ref": "sampleFields"}}},
      "operational": {"type": "array", "items": {"$ref": "operational"}}
    },
    "additionalProperties": false
  },
  "status": 201,
  "answer": {
    "type": "object",
    "properties": {"runtime_id": {"$ref": "runtimeId"}, "recorded": {"type": "integer", "minimum": 0}},
    "required": "*"
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.record_metrics() is 'Where noetl.record_metrics() is called over HTTP: POST /api/metrics/record.';
