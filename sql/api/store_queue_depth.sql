create or replace function noetl.store_queue_depth(queue_name text)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  health record;
begin
  select
    sum(coalesce(h.ready, 0) + coalesce(h.blocked, 0)) as depth,
    -- unknown where something waits and nothing tells since when
    case when count(*) filter (where h.ready > 0 and h.oldest_ready_seconds is null) = 0 then coalesce(max(h.oldest_ready_seconds), 0) end as wait,
    max(h.error) as error,
    count(*) as rows
  into health
  from noetl.queue_health as h
  where store_queue_depth.queue_name in (h.source, h.queue);
  if health.rows = 0 then
    raise exception 'queue_name: there is no queue "%"', queue_name
      using errcode = 'no_data_found', hint = 'select source, queue from noetl.queue_health; noetl.register_queue() adds one.';
  end if;
  if health.error is not null then
    raise exception 'queue_name: the queue "%" cannot be read: %', queue_name, health.error using errcode = 'object_not_in_prerequisite_state';
  end if;
  return jsonb_build_object('queue_name', queue_name, 'depth', health.depth, 'wait_time_seconds', health.wait)
    || noetl.insert_operational_metrics(
      jsonb_build_array(
        jsonb_build_object('metric_type', 'queue_metrics', 'name', 'queue_depth', 'value', health.depth,
          'labels', jsonb_build_object('queue', queue_name), 'description', 'Jobs that could run now.'))
      || case when health.wait is null then '[]' else jsonb_build_array(
        jsonb_build_object('metric_type', 'queue_metrics', 'name', 'queue_wait_time_seconds', 'value', health.wait, 'unit', 'seconds',
          'labels', jsonb_build_object('queue', queue_name), 'description', 'How long the oldest job that could run now has been due.')) end);
end
$$;

comment on function noetl.store_queue_depth(text) is
  'Reads a registered queue, or one inside it, and stores its depth and wait time as the operational metrics queue_depth and queue_wait_time_seconds. Returns {queue_name, depth, wait_time_seconds, stored}; a wait time that the tables do not tell is null, and is not stored. An unknown queue is an error.';

create or replace function _noetl.store_queue_depth()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"trackQueue": "POST /api/v1/metrics/queues/track"},
  "tag": "operational metrics",
  "right": "writer",
  "summary": "Read the depth and wait time of a registered queue now and store them.",
  "arguments": ["query.queue_name"],
  "query": {"queue_name": {"$ref": "name", "examples": ["celery"]}},
  "required": ["queue_name"],
  "status": 201,
  "answer": {
    "type": "object",
    "properties": {
      "$ref": "writtenFields",
      "queue_name": {"type": "string"},
      "depth": {"type": "number"},
      "wait_time_seconds": {"type": "number"}
    },
    "required": "*"
  },
  "failures": {"404": "There is no such thing.", "409": "The queue cannot be read."}
}$$::_noetl.endpoint_definition;

comment on function _noetl.store_queue_depth() is 'Where noetl.store_queue_depth() is called over HTTP: POST /api/v1/metrics/queues/track.';
