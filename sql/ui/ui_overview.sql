create or replace function noetl.ui_overview()
returns jsonb
language sql
stable
parallel safe
begin atomic
  with queue_sample as materialized (
    select
      coalesce(s.labels ->> 'source', s.labels ->> 'system', r.name) as source,
      coalesce(s.labels ->> 'queue', 'default') as queue,
      s.metric_name,
      s.labels ->> 'state' as state,
      v.value
    from _noetl.present_value as v
    join _noetl.series as s using (series_id)
    join noetl.runtime as r on r.runtime_id = s.runtime_id
    where v.family_id = any (array(
      select f.family_id
      from _noetl.family as f
      where f.name in ('noetl_queue_jobs', 'noetl_queue_oldest_ready_seconds', 'noetl_queue_oldest_running_seconds')))
  ),
  queue as materialized (
    select
      q.source,
      q.queue,
      max(q.value) filter (where q.metric_name = 'noetl_queue_oldest_ready_seconds') as oldest_ready_seconds,
      max(q.value) filter (where q.metric_name = 'noetl_queue_oldest_running_seconds') as oldest_running_seconds,
      coalesce(
        (select jsonb_object_agg(j.state, j.jobs)
         from (select i.state, max(i.value) as jobs from queue_sample as i
               where i.source = q.source and i.queue = q.queue and i.metric_name = 'noetl_queue_jobs' and i.state is not null
               group by i.state) as j),
        '{}') as jobs
    from queue_sample as q
    group by q.source, q.queue
  )
  select jsonb_build_object(
    'at', extract(epoch from now()),
    'components', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', c.runtime_id::text,
        'name', c.name,
        'type', c.component_type,
        'state', c.state,
        'silent_seconds', c.silent_seconds,
        'series', c.series
      ) order by c.state = 'forgotten', c.component_type, c.name), '[]')
      from noetl.component as c
      where c.runtime_id <> 0),
    'queues', (select coalesce(jsonb_agg(to_jsonb(q) order by q.source, q.queue), '[]') from queue as q),
    'families', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', f.name, 'type', f.metric_type, 'help', f.help, 'unit', f.unit, 'series', f.series + coalesce(u.series, 0), 'recorded', f.series > 0) order by f.name), '[]')
      from noetl.family as f
      left join (
        select k.name, count(*) as series
        from _noetl.unrecorded_line as l
        join _noetl.family as k using (family_id)
        where l.rank in (0, 3)
        group by k.name
      ) as u using (name)));
end;

comment on function noetl.ui_overview() is
  'What the page in the browser shows first, finished: components and their state, queues with their jobs by state and ages in seconds as far as they are on the Prometheus page, and the families with how many series they have on the page, also those of which nothing was recorded.';

create or replace function _noetl.ui_overview()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getOverview": "GET /api/ui/overview"},
  "tag": "browser",
  "right": "reader",
  "summary": "Components, queues and families.",
  "answer": {
    "type": "object",
    "properties": {
      "at": {"type": "number"},
      "components": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "id": {"type": "string"},
            "name": {"type": "string"},
            "type": {"type": "string"},
            "state": {"$ref": "componentState"},
            "silent_seconds": {"type": ["number", "null"]},
            "series": {"type": "integer"}
          },
          "required": "*"
        }
      },
      "queues": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "source": {"type": "string"},
            "queue": {"type": "string"},
            "oldest_ready_seconds": {"type": ["number", "null"]},
            "oldest_running_seconds": {"type": ["number", "null"]},
            "jobs": {"type": "object", "additionalProperties": {"type": "number"}}
          },
          "required": "*"
        }
      },
      "families": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "name": {"type": "string"},
            "type": {"$ref": "metricType"},
            "help": {"type": ["string", "null"]},
            "unit": {"type": ["string", "null"]},
            "series": {"type": "integer"},
            "recorded": {"type": "boolean", "description": "Whether anything was recorded of it, so that there is a chart."}
          },
          "required": "*"
        }
      }
    },
    "required": "*"
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.ui_overview() is 'Where noetl.ui_overview() is called over HTTP: GET /api/ui/overview.';
