create or replace function noetl.push_otlp(body jsonb, idempotency_key text default null)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  points _noetl.otlp_data_point[];
  key text;
  source record;
  answer jsonb;
  faults jsonb;
begin
  if jsonb_typeof(body) is distinct from 'object' then
    raise exception 'body: must be an ExportMetricsServiceRequest' using errcode = 'invalid_parameter_value';
  end if;
  points := array(select p from _noetl.otlp_point(body) as p);
  -- what is sent again because its answer was lost adds nothing again; two clients never send the same nanoseconds
  if idempotency_key is not null or exists (select from unnest(points) as p where p.delta) then
    key := coalesce(idempotency_key, 'otlp ' || md5(body::text));
    answer := _noetl.earlier_answer(key, jsonb_build_array('push_otlp', body));
    if answer is not null then
      return answer;
    end if;
  end if;
  select coalesce(jsonb_agg(format('%s: %s', p.name, p.fault)), '[]') into faults from unnest(points) as p where p.fault is not null;
  perform _noetl.count_rejected(p.fault) from unnest(points) as p where p.fault is not null;
  for source in
    select
      (array_agg((s.component, s.component_type, s.resource, s.page_labels)::_noetl.otlp_resource order by s.place desc))[1] as resource,
      array_agg(points[s.place] order by s.place) as points
    from (select row_number() over () as place, p.* from unnest(points) as p) as s
    where s.fault is null
    group by s.component, s.component_type
    order by s.component, s.component_type
  loop
    faults := faults || _noetl.store_resource(source.resource, source.points);
  end loop;
  return _noetl.keep_answer(key, case when faults = '[]' then '{}' else jsonb_build_object('partialSuccess', jsonb_build_object(
    'rejectedDataPoints', jsonb_array_length(faults),
    'errorMessage', (select string_agg(distinct f.fault, '; ') from (
      select distinct f as fault from jsonb_array_elements_text(faults) as f order by 1 limit 5) as f))) end);
end
$$;

comment on function noetl.push_otlp(jsonb, text) is
  'Stores an OTLP/HTTP request as it is in JSON, all five kinds of metrics in both temporalities, under the names that OpenTelemetry lays down for Prometheus. A resource is a component; it counts as its heartbeat, and target_info has its other attributes, the latest alone. A data point that is refused leaves nothing. Deltas are added up; a request that is repeated adds nothing. Returns {} or {partialSuccess: {rejectedDataPoints, errorMessage}} for data points that cannot be, by their names and the rules.';

create or replace function _noetl.push_otlp()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"pushOtlp": "POST /v1/metrics"},
  "tag": "metrics",
  "right": "writer",
  "summary": "OpenTelemetry metrics, as OTLP/HTTP in JSON or protobuf.",
  "arguments": ["body", "header.idempotency-key"],
  "headers": {"idempotency-key": {"$ref": "idempotencyKey"}},
  "takes": {"application/json": "json", "application/x-protobuf": "otlp"},
  "body": {
    "type": "object",
    "properties": {"resourceMetrics": {"type": ["array", "null"], "items": {"type": "object"}}},
    "description": "ExportMetricsServiceRequest of OTLP/HTTP, in JSON or protobuf; it is answered in what it came in.",
    "examples": [
      {
        "resourceMetrics": [
          {
            "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
            "scopeMetrics": [
              {
                "scope": {"name": "orders"},
                "metrics": [
                  {
                    "name": "queue.length",
                    "gauge": {"dataPoints": [{"asInt": "7", "timeUnixNano": "1790000000000000000"}]}
                  }
                ]
              }
            ]
          }
        ]
      }
    ]
  },
  "answer": {
    "type": "object",
    "properties": {
      "partialSuccess": {
        "type": "object",
        "properties": {"rejectedDataPoints": {"type": "integer"}, "errorMessage": {"type": "string"}},
        "required": "*"
      }
    }
  },
  "errors": "otlp"
}$$::_noetl.endpoint_definition;

comment on function _noetl.push_otlp() is 'Where noetl.push_otlp() is called over HTTP: POST /v1/metrics.';
