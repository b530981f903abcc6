create or replace function noetl.ui_overview()
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
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
    'began', (select extract(epoch from min(l.first_at)) from _noetl.line as l),
    'scrape_seconds', extract(epoch from _noetl.interval_setting('scrape_interval'))::double precision,
    'series', (select count(*) from _noetl.line as l where l.last_at = 'infinity'),
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
    'alerts', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', a.name,
        'state', a.state,
        'seconds', extract(epoch from now() - coalesce(a.fired_at, a.since)),
        'severity', a.labels ->> 'severity',
        'summary', coalesce(a.annotations ->> 'summary', a.labels ->> 'alertname'),
        'silenced', a.silenced
      ) order by a.state, a.since, a.name), '[]')
      from noetl.alert as a),
    'collectors', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', c.name,
        'server', c.server,
        'enabled', c.enabled,
        'succeeded', c.succeeded,
        'error', c.error,
        'seconds_ago', extract(epoch from now() - c.started_at),
        'duration_seconds', c.duration_seconds,
        'samples', c.samples
      ) order by c.enabled and c.succeeded is false desc, c.name, c.server), '[]')
      from noetl.collector_status as c));
end;

comment on function noetl.ui_overview() is
  'What the page in the browser shows first, finished: components and their state, queues with their jobs by state and ages in seconds as far as they are on the Prometheus page, alerts that are pending or firing, and collectors with how their last run went. began: the first sample of the archive, null: there is none yet; series: how many lines the last scrape found.';

create or replace function _noetl.ui_overview()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getOverview": "GET /api/ui/overview"},
  "tag": "browser",
  "right": "reader",
  "summary": "Components, queues, alerts and collectors.",
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
      "began": {"type": ["number", "null"]},
      "scrape_seconds": {"type": "number"},
      "series": {"type": "integer"},
      "alerts": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "name": {"type": "string"},
            "state": {"type": "string", "enum": ["pending", "firing"]},
            "seconds": {"type": "number", "description": "For how long it is in this state."},
            "severity": {"type": ["string", "null"]},
            "summary": {"type": "string"},
            "silenced": {"type": "boolean"}
          },
          "required": "*"
        }
      },
      "collectors": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "name": {"type": "string"},
            "server": {"type": ["string", "null"]},
            "enabled": {"type": "boolean"},
            "succeeded": {"type": ["boolean", "null"], "description": "Null: it has not run yet."},
            "error": {"type": ["string", "null"]},
            "seconds_ago": {"type": ["number", "null"]},
            "duration_seconds": {"type": ["number", "null"]},
            "samples": {"type": ["integer", "null"]}
          },
          "required": "*"
        }
      }
    },
    "required": "*"
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.ui_overview() is 'Where noetl.ui_overview() is called over HTTP: GET /api/ui/overview.';
