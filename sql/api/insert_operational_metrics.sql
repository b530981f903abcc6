create or replace function noetl.insert_operational_metrics(
  metrics jsonb,
  partial boolean default false,
  idempotency_key text default null,
  runtime_id bigint default null
)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  answer jsonb := _noetl.earlier_answer(idempotency_key, jsonb_build_array('insert_operational_metrics', metrics, partial));
  batch jsonb := case when jsonb_typeof(metrics) = 'object' and metrics ? 'metrics' then metrics -> 'metrics' else metrics end;
  faults jsonb;
begin
  if answer is not null then
    return answer;
  end if;
  if jsonb_typeof(batch) = 'object' then
    batch := jsonb_build_array(batch);
  end if;
  if jsonb_typeof(batch) is distinct from 'array' then
    raise exception 'metrics: must be an array of metrics, not %', coalesce(jsonb_typeof(batch), 'null')
      using errcode = 'invalid_parameter_value';
  end if;
  select coalesce(jsonb_agg(_noetl.fault_entry(m.place - 1, f.fault) order by m.place), '[]') into faults
  from jsonb_array_elements(batch) with ordinality as m (metric, place)
  cross join lateral (select _noetl.operational_fault(m.metric) as fault) as f
  where f.fault is not null;
  if faults <> '[]' and not partial then
    perform _noetl.count_rejected(format('%s: %s', f ->> 'field', f ->> 'rule')) from jsonb_array_elements(faults) as f;
    raise exception 'metrics[%].%: %', faults #>> '{0,index}', faults #>> '{0,field}', faults #>> '{0,rule}'
      using errcode = 'check_violation', detail = faults::text, schema = 'noetl', table = 'metric';
  end if;
  -- a bad one goes along as what no sample is, so that the others keep their indexes
  answer := _noetl.store_samples(_noetl.operational_samples(batch, faults), partial, runtime_id);
  return _noetl.keep_answer(idempotency_key, answer || jsonb_build_object('rejected', (
    select coalesce(jsonb_agg(coalesce(own.fault, r) order by (r ->> 'index')::bigint), '[]')
    from jsonb_array_elements(answer -> 'rejected') as r
    left join jsonb_array_elements(faults) as own (fault) on own.fault -> 'index' = r -> 'index')));
end
$$;

comment on function noetl.insert_operational_metrics(jsonb, boolean, text, bigint) is
  'Stores operational metrics: one {metric_type, name, value, unit?, metadata?, service?, description?, labels?, timestamp?}, an array of them, or {"metrics": [...]}. metric_type is processing_time, success_rate, resource_usage or queue_metrics; a service is a component of the type service; without one they are of runtime_id. Returns {stored, rejected}; see noetl.insert_metrics().';

create or replace function _noetl.insert_operational_metrics()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"insertOperationalMetric": "POST /api/v1/metrics/", "insertOperationalMetrics": "POST /api/v1/metrics/batch"},
  "tag": "operational metrics",
  "right": "writer",
  "summary": "Store operational metrics, one or many.",
  "arguments": ["body", "query.partial", "header.idempotency-key"],
  "query": {"partial": {"$ref": "partial"}},
  "headers": {"idempotency-key": {"$ref": "idempotencyKey"}},
  "body": {
    "anyOf": [
      {"$ref": "operational"},
      {"type": "array", "items": {"$ref": "operational"}, "maxItems": 10000},
      {
        "type": "object",
        "properties": {"metrics": {"type": "array", "items": {"$ref": "operational"}, "maxItems": 10000}},
        "required": ["metrics"]
      }
    ]
  },
  "status": 201,
  "answer": {"$ref": "written"}
}$$::_noetl.endpoint_definition;

comment on function _noetl.insert_operational_metrics() is 'Where noetl.insert_operational_metrics() is called over HTTP: POST /api/v1/metrics/, POST /api/v1/metrics/batch.';
